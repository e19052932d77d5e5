package dev.unmask.cache.slab.files;

import dev.unmask.cache.store.StateName;
import dev.unmask.page.PageKey;

/**
 * What a full slot holds: all that a start needs to know of it.
 *
 * @param key under which it is stored
 * @param length of the record in bytes
 * @param checksum CRC32C of the record
 * @param generation number of the write
 * @param part which state it is part of
 */
public record SlotHeader(PageKey key, int length, int checksum, long generation, Part part) {
  /**
   * Part of a state.
   *
   * @param state its name
   * @param costMicros what computing the whole state took, in microseconds
   */
  public record Part(StateName state, long costMicros) {}
}
