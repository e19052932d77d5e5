package dev.unmask.cache.eviction;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Makes policies, all of one kind.
 *
 * @param name of the kind
 * @param lifetime of a state, for {@link PolicyName#TTL}; above 0
 * @param clock nanoseconds that never run backward, for {@link PolicyName#TTL}
 */
public record Eviction(PolicyName name, Duration lifetime, LongSupplier clock) {
  /** A policy whose states are to stay within {@code capacityBytes}. */
  public <S> EvictionPolicy<S> open(long capacityBytes) {
    return switch (name) {
      case LRU -> new Lru<>();
      case W_TINYLFU -> new TinyLfu<>(capacityBytes);
      case S3_FIFO -> new S3Fifo<>(capacityBytes);
      case COST -> new CostAware<>();
      case TTL -> new TimeToLive<>(lifetime, clock);
    };
  }
}
