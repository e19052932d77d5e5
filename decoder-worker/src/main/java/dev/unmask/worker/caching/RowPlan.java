package dev.unmask.worker.caching;

import java.util.stream.IntStream;

/**
 * What a step computes.
 *
 * @param rows positions to compute, rising
 * @param keep whether later steps attend to what this step stores
 * @param refresh whether the rows are all positions of the canvas
 */
public record RowPlan(int[] rows, boolean keep, boolean refresh) {
  static RowPlan all(int length, boolean keep) {
    return new RowPlan(IntStream.range(0, length).toArray(), keep, true);
  }

  static RowPlan some(int[] rows) {
    return new RowPlan(rows, true, false);
  }
}
