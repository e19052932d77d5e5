package dev.unmask.cache.slab;

import dev.unmask.cache.eviction.Eviction;
import dev.unmask.cache.states.StateListener;
import java.util.Map;

/**
 * What a store gives up, and when.
 *
 * @param eviction which states go first
 * @param watermarks how full slots may be
 * @param quotas of namespaces in bytes, at the start
 * @param listener hears of states that come and go
 */
public record StoreRules(
    Eviction eviction, Watermarks watermarks, Map<String, Long> quotas, StateListener listener) {
  public StoreRules {
    quotas = Map.copyOf(quotas);
  }
}
