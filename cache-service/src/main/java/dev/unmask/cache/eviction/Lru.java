package dev.unmask.cache.eviction;

import java.util.Arrays;
import java.util.OptionalInt;

/**
 * Gives up the least recently used slot: a ring of slots in two arrays, every operation constant
 * time.
 *
 * <pre>
 *   anchor -> oldest -> ... -> newest -> anchor      (newer)
 * </pre>
 */
public final class Lru implements Eviction {
  private static final int ABSENT = -1;

  private final int anchor;
  private final int[] newer;
  private final int[] older;

  /** Knows slots 0 to {@code slots - 1}, none of which may be given up yet. */
  public Lru(int slots) {
    anchor = slots;
    newer = new int[slots + 1];
    older = new int[slots + 1];
    Arrays.fill(newer, ABSENT);
    newer[anchor] = anchor;
    older[anchor] = anchor;
  }

  @Override
  public void used(int slot) {
    kept(slot);
    link(older[anchor], slot);
    link(slot, anchor);
  }

  @Override
  public void kept(int slot) {
    if (newer[slot] != ABSENT) {
      link(older[slot], newer[slot]);
      newer[slot] = ABSENT;
    }
  }

  @Override
  public OptionalInt victim() {
    int oldest = newer[anchor];
    return oldest == anchor ? OptionalInt.empty() : OptionalInt.of(oldest);
  }

  private void link(int before, int after) {
    newer[before] = after;
    older[after] = before;
  }
}
