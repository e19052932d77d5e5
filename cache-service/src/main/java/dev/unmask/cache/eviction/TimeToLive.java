package dev.unmask.cache.eviction;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Gives up what was stored longest ago, and whatever was stored longer ago than a time, room or
 * not. Use does not prolong a life, nor does growth: a state is as old as its oldest page.
 */
public final class TimeToLive<S> implements EvictionPolicy<S> {
  private final long lifetime;
  private final LongSupplier clock;

  /** When each state was stored, in nanoseconds; oldest first. */
  private final LinkedHashMap<S, Long> order = new LinkedHashMap<>();

  /**
   * Nothing stored yet.
   *
   * @param lifetime above 0
   * @param clock nanoseconds that never run backward, from any origin
   */
  public TimeToLive(Duration lifetime, LongSupplier clock) {
    this.lifetime = lifetime.toNanos();
    this.clock = clock;
  }

  @Override
  public void stored(S state, Weight weight) {
    order.putIfAbsent(state, clock.getAsLong());
  }

  @Override
  public void used(S state) {}

  @Override
  public void forget(S state) {
    order.remove(state);
  }

  @Override
  public Optional<S> giveUp(Predicate<S> evictable) {
    var victim = order.keySet().stream().filter(evictable).findFirst();
    victim.ifPresent(order::remove);
    return victim;
  }

  @Override
  public Optional<S> expired() {
    var oldest =
        Optional.ofNullable(order.firstEntry())
            .filter(entry -> clock.getAsLong() - entry.getValue() >= lifetime)
            .map(Map.Entry::getKey);
    oldest.ifPresent(order::remove);
    return oldest;
  }
}
