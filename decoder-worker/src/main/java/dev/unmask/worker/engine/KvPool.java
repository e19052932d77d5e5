package dev.unmask.worker.engine;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which positions of a device's key and value memory belong to whom. The memory itself is taken
 * once, at start; a request takes a run of positions for as long as it lives, so that no key is
 * ever moved and a batch can address any request's keys by where they begin. Thread-safe.
 *
 * <p>First fit, neighbours joined: requests are few (tens) and large (hundreds of positions), and
 * all but the last page of a run is the same size class.
 */
public final class KvPool {
  /** Runs begin and end at multiples of this, so that freed ones fit what comes next. */
  private static final int ALIGNMENT = 32;

  private final int capacity;
  private final TreeMap<Integer, Integer> free = new TreeMap<>();
  private int used;

  /**
   * All free.
   *
   * @param capacity positions altogether
   */
  public KvPool(int capacity) {
    if (capacity < ALIGNMENT) {
      throw new IllegalArgumentException("a pool has at least " + ALIGNMENT + " positions");
    }
    this.capacity = capacity / ALIGNMENT * ALIGNMENT;
    free.put(0, this.capacity);
  }

  /**
   * A run of positions that one request owns.
   *
   * @param start first slot
   * @param count slots
   */
  public record Run(int start, int count) {}

  /** Takes a run; empty if none is free that is long enough. */
  public synchronized Optional<Run> take(int positions) {
    int count = aligned(positions);
    for (Map.Entry<Integer, Integer> hole : free.entrySet()) {
      if (hole.getValue() >= count) {
        return Optional.of(cut(hole.getKey(), hole.getValue(), count));
      }
    }
    return Optional.empty();
  }

  private Run cut(int start, int length, int count) {
    free.remove(start);
    if (length > count) {
      free.put(start + count, length - count);
    }
    used += count;
    return new Run(start, count);
  }

  /** Gives a run back. */
  public synchronized void give(Run run) {
    int start = run.start();
    int count = run.count();
    used -= count;
    var before = free.floorEntry(start);
    if (before != null && before.getKey() + before.getValue() == start) {
      start = before.getKey();
      count += before.getValue();
    }
    var after = free.remove(run.start() + run.count());
    free.put(start, after == null ? count : count + after);
  }

  /** Positions altogether. */
  public int capacity() {
    return capacity;
  }

  /** Positions that are taken. */
  public synchronized int used() {
    return used;
  }

  /** Whether a request of this size could ever run. */
  public boolean fits(int positions) {
    return aligned(positions) <= capacity;
  }

  private static int aligned(int positions) {
    return Math.ceilDiv(Math.max(1, positions), ALIGNMENT) * ALIGNMENT;
  }
}
