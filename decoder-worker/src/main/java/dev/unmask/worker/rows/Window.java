package dev.unmask.worker.rows;

import java.util.stream.IntStream;

/** Which rows a step computes for a block of positions s to e - 1. */
public enum Window {
  /** Rows s to e - 1: a model whose row i speaks for position i, or whose position s is known. */
  BLOCK(0, 0),
  /** Rows s - 1 to e - 2: each row speaks for its right neighbour; the last is left stale. */
  SHIFTED(1, 1),
  /** Rows s - 1 to e - 1: as SHIFTED, and the block's own keys and values are all fresh. */
  WIDENED(1, 0);

  private final int before;
  private final int dropped;

  Window(int before, int dropped) {
    this.before = before;
    this.dropped = dropped;
  }

  /** Rows for the positions from {@code start} up to, not including, {@code end}. */
  public int[] rows(int start, int end) {
    return IntStream.range(start - before, end - dropped).toArray();
  }
}
