package dev.unmask.cache.store;

import dev.unmask.page.PageKey;

/**
 * A record offered to the store.
 *
 * @param key under which it is to be found
 * @param length in bytes, at least 1
 * @param state the record is part of
 * @param costMicros what computing the whole state took, in microseconds; 0 if nobody said
 */
public record NewPage(PageKey key, int length, StateName state, long costMicros) {
  /** The same record under another key. */
  NewPage under(PageKey other) {
    return new NewPage(other, length, state, costMicros);
  }
}
