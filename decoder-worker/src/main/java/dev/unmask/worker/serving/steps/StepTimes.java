package dev.unmask.worker.serving.steps;

import java.time.Duration;
import java.util.Arrays;

/** Durations of the latest steps, or waits. Thread-safe. */
public final class StepTimes {
  private static final int KEPT = 64;

  private final long[] nanos = new long[KEPT];
  private long recorded;

  /** Adds a step. */
  public synchronized void record(Duration step) {
    nanos[(int) (recorded++ % KEPT)] = step.toNanos();
  }

  /** Median of the latest 64 steps; zero before the first. */
  public synchronized Duration median() {
    int kept = (int) Math.min(recorded, KEPT);
    if (kept == 0) {
      return Duration.ZERO;
    }
    long[] sorted = Arrays.copyOf(nanos, kept);
    Arrays.sort(sorted);
    return Duration.ofNanos(sorted[kept / 2]);
  }
}
