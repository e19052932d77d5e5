package dev.unmask.worker.pages.placement;

import io.grpc.LoadBalancer.PickResult;
import io.grpc.LoadBalancer.PickSubchannelArgs;
import io.grpc.LoadBalancer.Subchannel;
import io.grpc.LoadBalancer.SubchannelPicker;
import io.grpc.Status;
import java.util.List;
import java.util.Optional;

/** Sends each call to the instance that weighs most of those that are ready and not paused. */
public final class InstancePicker extends SubchannelPicker {
  private static final PickResult PAUSED =
      PickResult.withError(
          Status.UNAVAILABLE.withDescription("every cache-service that is ready failed lately"));

  private final List<Ready> instances;

  /**
   * An instance that takes calls.
   *
   * @param name of it
   * @param connection how many times it became ready
   * @param seed of its weights
   * @param subchannels to it, at least one
   */
  public record Ready(String name, int connection, long seed, List<Subchannel> subchannels) {
    Subchannel subchannel(int lane) {
      return subchannels.get(lane % subchannels.size());
    }
  }

  /** At least one. */
  public InstancePicker(List<Ready> instances) {
    this.instances = List.copyOf(instances);
  }

  @Override
  public PickResult pickSubchannel(PickSubchannelArgs args) {
    var options = args.getCallOptions();
    var placed = Optional.ofNullable(options.getOption(Placed.KEY));
    long state = placed.map(Placed::hash).orElse(0L);
    var first =
        Optional.of(heaviest(state, instances))
            .filter(best -> placed.isEmpty() || placed.get().allows(best))
            .or(() -> placed.flatMap(call -> another(state, call)));
    if (first.isEmpty()) {
      placed.ifPresent(Placed::goesNowhere);
      return PAUSED;
    }
    placed.ifPresent(call -> call.goesTo(first.get()));
    return PickResult.withSubchannel(first.get().subchannel(options.getOption(Placed.LANE)));
  }

  /** Pauses are rare, so that only the best instance's is looked at first. */
  private Optional<Ready> another(long state, Placed call) {
    var allowed = instances.stream().filter(instance -> call.allows(instance)).toList();
    return allowed.isEmpty() ? Optional.empty() : Optional.of(heaviest(state, allowed));
  }

  private static Ready heaviest(long state, List<Ready> instances) {
    var heaviest = instances.getFirst();
    long most = Rendezvous.weight(state, heaviest.seed());
    for (int i = 1; i < instances.size(); i++) {
      long weight = Rendezvous.weight(state, instances.get(i).seed());
      if (weight > most) {
        heaviest = instances.get(i);
        most = weight;
      }
    }
    return heaviest;
  }
}
