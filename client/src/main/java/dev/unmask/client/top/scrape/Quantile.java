package dev.unmask.client.top.scrape;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;

/** Quantiles of a histogram, as Prometheus' {@code histogram_quantile} estimates them. */
final class Quantile {
  private Quantile() {}

  /**
   * Taken to lie evenly between the bounds of its bucket; beyond the last bound it is that bound.
   *
   * @param buckets counts by upper bounds, each with all below it
   * @param share 0 to 1
   * @return empty if nothing was counted
   */
  static OptionalDouble of(SortedMap<Double, Double> buckets, double share) {
    double all = buckets.isEmpty() ? 0 : buckets.get(buckets.lastKey());
    if (!(all > 0)) {
      return OptionalDouble.empty();
    }
    double lower = 0;
    double below = 0;
    for (Map.Entry<Double, Double> bucket : buckets.entrySet()) {
      if (bucket.getValue() >= share * all) {
        return OptionalDouble.of(within(lower, bucket, below, share * all));
      }
      lower = bucket.getKey();
      below = bucket.getValue();
    }
    return OptionalDouble.of(lower);
  }

  private static double within(
      double lower, Map.Entry<Double, Double> bucket, double below, double rank) {
    double upper = bucket.getKey();
    double inside = bucket.getValue() - below;
    return Double.isInfinite(upper) || inside <= 0
        ? lower
        : lower + (upper - lower) * (rank - below) / inside;
  }
}
