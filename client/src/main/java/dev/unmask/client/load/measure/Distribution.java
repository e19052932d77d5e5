package dev.unmask.client.load.measure;

import org.HdrHistogram.Histogram;

/**
 * How long something took. Unit: milliseconds, to three digits. All are 0 when nothing was counted.
 *
 * @param count how often it was measured
 */
public record Distribution(
    long count, double mean, double p50, double p95, double p99, double max) {
  private static final double NANOS = 1e6;

  /** That of a histogram of nanoseconds. */
  static Distribution of(Histogram histogram) {
    if (histogram.getTotalCount() == 0) {
      return new Distribution(0, 0, 0, 0, 0, 0);
    }
    return new Distribution(
        histogram.getTotalCount(),
        histogram.getMean() / NANOS,
        histogram.getValueAtPercentile(50) / NANOS,
        histogram.getValueAtPercentile(95) / NANOS,
        histogram.getValueAtPercentile(99) / NANOS,
        histogram.getMaxValue() / NANOS);
  }
}
