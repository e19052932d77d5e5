package dev.unmask.bench.fleet;

import java.util.List;

/** The value below which a share of values lies. */
public final class Quantile {
  private Quantile() {}

  /**
   * Of values in any order; not a number if there are none.
   *
   * @param share 0 to 1; 1: the greatest
   */
  public static double of(List<Double> values, double share) {
    var sorted = values.stream().sorted().toList();
    return sorted.isEmpty()
        ? Double.NaN
        : sorted.get((int) Math.min(sorted.size() - 1, share * sorted.size()));
  }
}
