package dev.unmask.cache.states;

import dev.unmask.cache.store.StateName;

/**
 * What a state holds.
 *
 * @param name its name
 * @param pages how many
 * @param bytes slots times their size
 * @param costMicros what computing it took, in microseconds; 0 if nobody said
 * @param pinned whether an operator keeps it
 */
public record StateUse(StateName name, int pages, long bytes, long costMicros, boolean pinned) {
  static StateUse of(StoredState state) {
    return new StateUse(
        state.name, state.places.size(), state.totalBytes(), state.costMicros, state.pinned);
  }
}
