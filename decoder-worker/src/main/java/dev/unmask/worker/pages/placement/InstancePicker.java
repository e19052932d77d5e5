package dev.unmask.worker.pages.placement;

import io.grpc.LoadBalancer.PickResult;
import io.grpc.LoadBalancer.PickSubchannelArgs;
import io.grpc.LoadBalancer.Subchannel;
import io.grpc.LoadBalancer.SubchannelPicker;
import io.grpc.Status;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Sends each call to the instance that weighs most of those that are ready and not paused. */
final class InstancePicker extends SubchannelPicker {
  private static final PickResult PAUSED =
      PickResult.withError(
          Status.UNAVAILABLE.withDescription("every cache-service that is ready failed lately"));

  private final List<Ready> instances;

  /**
   * An instance that takes calls.
   *
   * @param name of it
   * @param seed of its weights
   * @param subchannel to it
   */
  record Ready(String name, long seed, Subchannel subchannel) {}

  /** At least one. */
  InstancePicker(List<Ready> instances) {
    this.instances = List.copyOf(instances);
  }

  @Override
  public PickResult pickSubchannel(PickSubchannelArgs args) {
    var placed = Optional.ofNullable(args.getCallOptions().getOption(Placed.KEY));
    long state = placed.map(Placed::hash).orElse(0L);
    var first = first(state, ready -> placed.isEmpty() || placed.get().allows(ready.name()));
    if (first.isEmpty()) {
      placed.ifPresent(Placed::goesNowhere);
      return PAUSED;
    }
    placed.ifPresent(call -> call.goesTo(first.get().name()));
    return PickResult.withSubchannel(first.get().subchannel());
  }

  private Optional<Ready> first(long state, Predicate<Ready> allowed) {
    Optional<Ready> first = Optional.empty();
    long most = Long.MIN_VALUE;
    for (var instance : instances) {
      long weight = Rendezvous.weight(state, instance.seed());
      if ((first.isEmpty() || weight > most) && allowed.test(instance)) {
        first = Optional.of(instance);
        most = weight;
      }
    }
    return first;
  }
}
