package dev.unmask.cache.config;

import dev.unmask.cache.eviction.Eviction;
import dev.unmask.cache.eviction.PolicyName;
import dev.unmask.cache.slab.StoreRules;
import dev.unmask.cache.slab.Watermarks;
import dev.unmask.cache.states.StateListener;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * What a person can set of what the store gives up, and when.
 *
 * @param policy which states go first
 * @param lifetime of a state, for {@link PolicyName#TTL} only; above 0
 * @param watermarks how full slots may be
 * @param quotas of namespaces, in bytes; above 0
 */
public record Retention(
    PolicyName policy, Duration lifetime, Watermarks watermarks, Map<String, Long> quotas) {
  /** As {@code bench/results/eviction.md} found best. */
  public static final Retention DEFAULT =
      new Retention(PolicyName.S3_FIFO, Duration.ofHours(1), new Watermarks(0.95, 0.9), Map.of());

  public Retention {
    quotas = Map.copyOf(quotas);
    if (!lifetime.isPositive()) {
      throw new IllegalArgumentException("unmask.cache.ttl must be above 0, not " + lifetime);
    }
    quotas.forEach((namespace, bytes) -> {
      if (bytes < 1) {
        throw new IllegalArgumentException(
            "unmask.cache.quotas." + namespace + " must be at least 1, not " + bytes);
      }
    });
  }

  /**
   * As the store wants it.
   *
   * @param clock nanoseconds that never run backward
   */
  public StoreRules rules(LongSupplier clock, StateListener listener) {
    return new StoreRules(new Eviction(policy, lifetime, clock), watermarks, quotas, listener);
  }
}
