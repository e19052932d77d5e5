package dev.unmask.client.evaluation.report.metric;

import dev.unmask.client.evaluation.result.Result;
import java.util.Comparator;
import java.util.List;

/**
 * How long at least one request was under way. Pauses between sessions and the time that grading
 * takes do not count.
 */
final class BusyTime {
  private BusyTime() {}

  /** Unit: milliseconds. */
  static double of(List<Result.Timing> timings) {
    double busy = 0;
    double until = Double.NEGATIVE_INFINITY;
    for (var timing : sorted(timings)) {
      double start = (double) timing.askedAt();
      double end = start + timing.latency();
      busy += Math.max(0, end - Math.max(until, start));
      until = Math.max(until, end);
    }
    return busy;
  }

  private static List<Result.Timing> sorted(List<Result.Timing> timings) {
    return timings.stream().sorted(Comparator.comparingLong(Result.Timing::askedAt)).toList();
  }
}
