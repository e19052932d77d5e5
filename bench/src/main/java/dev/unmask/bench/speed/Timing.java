package dev.unmask.bench.speed;

import java.time.Duration;
import java.util.Arrays;

/**
 * Times of repeated calls, in milliseconds.
 *
 * @param median of all
 * @param low tenth percentile
 * @param high ninetieth percentile
 */
record Timing(double median, double low, double high) {
  private static final int LEAST = 3;
  private static final int MOST = 200;
  private static final long BUDGET_NANOS = Duration.ofSeconds(3).toNanos();

  /**
   * Times a call that returns when its results are there: up to 200 times within three seconds, and
   * as often before, uncounted, in a third of that.
   */
  static Timing of(Runnable call) {
    repeat(call, BUDGET_NANOS / 3);
    double[] times = repeat(call, BUDGET_NANOS);
    Arrays.sort(times);
    int count = times.length;
    return new Timing(times[count / 2], times[count / 10], times[count * 9 / 10]);
  }

  private static double[] repeat(Runnable call, long budget) {
    double[] times = new double[MOST];
    long begin = System.nanoTime();
    int count = 0;
    while (count < LEAST || (count < MOST && System.nanoTime() - begin < budget)) {
      long start = System.nanoTime();
      call.run();
      times[count++] = (System.nanoTime() - start) / 1e6;
    }
    return Arrays.copyOf(times, count);
  }

  /** GB a second, when a call moves so many bytes. */
  double rate(long bytes) {
    return bytes / median / 1e6;
  }
}
