package dev.unmask.bench.cpu;

import java.util.List;

/**
 * The middle half of some numbers.
 *
 * @param low first quartile
 * @param median of all
 * @param high third quartile
 */
record Quartiles(double low, double median, double high) {
  static Quartiles of(List<Double> numbers) {
    double[] sorted = numbers.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return new Quartiles(at(sorted, 0.25), at(sorted, 0.5), at(sorted, 0.75));
  }

  private static double at(double[] sorted, double share) {
    return sorted.length == 0 ? Double.NaN : sorted[(int) Math.round(share * (sorted.length - 1))];
  }

  /** As {@code median (low to high)}. */
  String text(String format) {
    return (format + " (" + format + " to " + format + ")").formatted(median, low, high);
  }
}
