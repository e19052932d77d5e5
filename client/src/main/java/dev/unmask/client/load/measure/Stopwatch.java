package dev.unmask.client.load.measure;

import dev.unmask.contract.Limits;
import org.HdrHistogram.Histogram;

/** Latencies as they come in. For one thread at a time. */
final class Stopwatch {
  private static final long LEAST_NANOS = 1_000;
  private static final int DIGITS = 3;

  private final Histogram firstDelta = histogram();
  private final Histogram firstBlock = histogram();
  private final Histogram token = histogram();
  private final Histogram total = histogram();
  private final Histogram lag = histogram();

  /** A request that was answered. */
  void completed(Times times, int tokens) {
    times.firstDelta().ifPresent(nanos -> record(firstDelta, nanos));
    times.firstBlock().ifPresent(nanos -> record(firstBlock, nanos));
    record(total, times.total());
    if (tokens > 0) {
      record(token, times.total() / tokens);
    }
  }

  /** A request nobody waits for any longer: it took at least as long as it was waited for. */
  void unfinished(Times times) {
    record(firstDelta, times.firstDelta().orElse(times.total()));
    record(firstBlock, times.firstBlock().orElse(times.total()));
    record(total, times.total());
  }

  /** How late a request was sent. */
  void sent(long nanos) {
    record(lag, nanos);
  }

  Latencies latencies() {
    return new Latencies(
        Distribution.of(firstDelta),
        Distribution.of(firstBlock),
        Distribution.of(token),
        Distribution.of(total));
  }

  Distribution lag() {
    return Distribution.of(lag);
  }

  private static void record(Histogram histogram, long nanos) {
    histogram.recordValue(Math.clamp(nanos, 0, Limits.LOAD_TIME.toNanos()));
  }

  private static Histogram histogram() {
    return new Histogram(LEAST_NANOS, Limits.LOAD_TIME.toNanos(), DIGITS);
  }
}
