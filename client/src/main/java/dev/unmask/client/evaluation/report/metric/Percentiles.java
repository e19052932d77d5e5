package dev.unmask.client.evaluation.report.metric;

import java.util.List;

/** Percentiles by nearest rank: values that were measured, never something between two. */
final class Percentiles {
  private Percentiles() {}

  /**
   * The smallest value that at least {@code percent} of all do not exceed; 0 when there are none.
   */
  static double of(List<Double> values, double percent) {
    if (values.isEmpty()) {
      return 0;
    }
    var sorted = values.stream().sorted().toList();
    int rank = (int) Math.ceil(percent / 100 * sorted.size());
    return sorted.get(Math.clamp(rank - 1L, 0, sorted.size() - 1));
  }
}
