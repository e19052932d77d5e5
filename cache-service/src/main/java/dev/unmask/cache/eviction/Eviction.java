package dev.unmask.cache.eviction;

import java.util.OptionalInt;

/**
 * An order in which slots are given up. Slots have numbers from 0. Used by one thread at a time,
 * under the lock of its slab; must not block.
 */
public interface Eviction {
  /** A slot may be given up from now on, and was used just now. */
  void used(int slot);

  /** A slot may not be given up; no effect if it could not be anyway. */
  void kept(int slot);

  /** The slot to give up first; empty if there is none. */
  OptionalInt victim();
}
