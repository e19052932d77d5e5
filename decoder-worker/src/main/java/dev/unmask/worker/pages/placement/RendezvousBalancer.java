package dev.unmask.worker.pages.placement;

import io.grpc.Attributes;
import io.grpc.ConnectivityState;
import io.grpc.EquivalentAddressGroup;
import io.grpc.LoadBalancer;
import io.grpc.Status;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Balances calls over instances by {@link Rendezvous}. It connects to all of them at once; one that
 * is not ready, or says by grpc.health.v1 that it does not serve, is passed over at once, so that
 * its states go to their second choices until it is back. Called in the channel's synchronization
 * context.
 */
final class RendezvousBalancer extends LoadBalancer {
  /** Name of an instance, where its resolver has one. */
  @EquivalentAddressGroup.Attr
  static final Attributes.Key<String> INSTANCE = Attributes.Key.create("unmask-instance");

  private final Helper helper;
  private final Map<String, Instance> instances = new LinkedHashMap<>();

  /** Knows no instance yet. */
  RendezvousBalancer(Helper helper) {
    this.helper = helper;
  }

  @Override
  public Status acceptResolvedAddresses(ResolvedAddresses resolved) {
    if (resolved.getAddresses().isEmpty()) {
      var nobody = Status.UNAVAILABLE.withDescription("no cache-service has an address");
      handleNameResolutionError(nobody);
      return nobody;
    }
    var wanted = new LinkedHashMap<String, EquivalentAddressGroup>();
    resolved.getAddresses().forEach(group -> wanted.put(name(group), group));
    int connections =
        resolved.getLoadBalancingPolicyConfig() instanceof Integer number ? number : 1;
    wanted.forEach((name, group) -> place(name, group, connections));
    var gone = instances.keySet().stream().filter(name -> !wanted.containsKey(name)).toList();
    gone.forEach(name -> instances.remove(name).shutdown());
    update();
    return Status.OK;
  }

  @Override
  public void handleNameResolutionError(Status error) {
    if (instances.isEmpty()) {
      helper.updateBalancingState(
          ConnectivityState.TRANSIENT_FAILURE, new FixedResultPicker(PickResult.withError(error)));
    }
  }

  @Override
  public void shutdown() {
    instances.values().forEach(Instance::shutdown);
    instances.clear();
  }

  private void place(String name, EquivalentAddressGroup group, int connections) {
    var known = instances.get(name);
    if (known != null) {
      known.move(group);
      return;
    }
    var args = CreateSubchannelArgs.newBuilder().setAddresses(group).build();
    var instance =
        new Instance(
            name,
            IntStream.range(0, connections).mapToObj(_ -> helper.createSubchannel(args)).toList());
    instances.put(name, instance);
    instance.start(state -> changed(instance, name, state));
  }

  private void changed(Instance instance, String name, ConnectivityState state) {
    if (instances.get(name) != instance) {
      return;
    }
    if (state == ConnectivityState.TRANSIENT_FAILURE) {
      helper.refreshNameResolution();
    }
    update();
  }

  private void update() {
    var taking =
        instances.values().stream().map(Instance::taking).flatMap(Optional::stream).toList();
    if (!taking.isEmpty()) {
      helper.updateBalancingState(ConnectivityState.READY, new InstancePicker(taking));
      return;
    }
    if (instances.values().stream().anyMatch(Instance::awaited)) {
      helper.updateBalancingState(
          ConnectivityState.CONNECTING, new FixedResultPicker(PickResult.withNoResult()));
    } else {
      helper.updateBalancingState(ConnectivityState.TRANSIENT_FAILURE, failing());
    }
  }

  private SubchannelPicker failing() {
    var failed = instances.values().iterator().next();
    return new FixedResultPicker(PickResult.withError(failed.failure()));
  }

  private static String name(EquivalentAddressGroup group) {
    var name = group.getAttributes().get(INSTANCE);
    if (name != null) {
      return name;
    }
    return group.getAddresses().getFirst() instanceof InetSocketAddress address
        ? address.getAddress().getHostAddress() + ":" + address.getPort()
        : group.getAddresses().getFirst().toString();
  }
}
