package dev.unmask.worker.pages.placement;

import io.grpc.Attributes;
import io.grpc.ConnectivityState;
import io.grpc.ConnectivityStateInfo;
import io.grpc.EquivalentAddressGroup;
import io.grpc.LoadBalancer;
import io.grpc.Status;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

  private static final class Instance {
    private final String name;
    private final long seed;
    private final Subchannel subchannel;
    private int connections;
    private ConnectivityStateInfo state = ConnectivityStateInfo.forNonError(ConnectivityState.IDLE);

    Instance(String name, Subchannel subchannel) {
      this.name = name;
      this.seed = Rendezvous.seed(name);
      this.subchannel = subchannel;
    }

    boolean is(ConnectivityState wanted) {
      return state.getState() == wanted;
    }

    /** Calls wait for a first connection; one that was lost may be lost for long. */
    boolean awaited() {
      return connections == 0 && !is(ConnectivityState.TRANSIENT_FAILURE);
    }

    Status failure() {
      return is(ConnectivityState.TRANSIENT_FAILURE)
          ? state.getStatus()
          : Status.UNAVAILABLE.withDescription("the connection to " + name + " was lost");
    }

    InstancePicker.Ready ready() {
      return new InstancePicker.Ready(name, connections, seed, subchannel);
    }
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
    wanted.forEach(this::place);
    var gone = instances.keySet().stream().filter(name -> !wanted.containsKey(name)).toList();
    gone.forEach(name -> instances.remove(name).subchannel.shutdown());
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
    instances.values().forEach(instance -> instance.subchannel.shutdown());
    instances.clear();
  }

  private void place(String name, EquivalentAddressGroup group) {
    var known = instances.get(name);
    if (known != null) {
      known.subchannel.updateAddresses(List.of(group));
      return;
    }
    var args = CreateSubchannelArgs.newBuilder().setAddresses(group).build();
    var instance = new Instance(name, helper.createSubchannel(args));
    instances.put(name, instance);
    instance.subchannel.start(state -> changed(instance, state));
    instance.subchannel.requestConnection();
  }

  private void changed(Instance instance, ConnectivityStateInfo state) {
    if (instances.get(instance.name) != instance) {
      return;
    }
    switch (state.getState()) {
      case IDLE -> instance.subchannel.requestConnection();
      case TRANSIENT_FAILURE -> helper.refreshNameResolution();
      case CONNECTING, READY, SHUTDOWN -> {}
    }
    if (state.getState() == ConnectivityState.READY && !instance.is(ConnectivityState.READY)) {
      instance.connections++;
    }
    // One that failed stays failed until it is ready: its attempts to connect are no hope yet.
    if (!instance.is(ConnectivityState.TRANSIENT_FAILURE)
        || state.getState() == ConnectivityState.READY) {
      instance.state = state;
    }
    update();
  }

  private void update() {
    var ready =
        instances.values().stream()
            .filter(instance -> instance.is(ConnectivityState.READY))
            .map(Instance::ready)
            .toList();
    if (!ready.isEmpty()) {
      helper.updateBalancingState(ConnectivityState.READY, new InstancePicker(ready));
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
