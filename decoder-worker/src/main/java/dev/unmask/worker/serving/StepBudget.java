package dev.unmask.worker.serving;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * How many steps a request has time for, by what steps take: at first the worker's late ones, then,
 * more and more, its own. The first of its own, which may fetch and computes the prompt, is not
 * counted; if the latest ones took longer than all together, they decide. Used by one thread.
 */
final class StepBudget {
  /** The worker's measure weighs as much as so many own steps. */
  private static final int WORKERS_WEIGHT = 4;

  private static final int LATEST = 8;

  private final long end;
  private final LongSupplier nanoTime;
  private final Supplier<Duration> usual;
  private final long[] latest = new long[LATEST];
  private int made;
  private long first;

  /**
   * No step made yet.
   *
   * @param end when the request should have ended, on the clock's scale
   * @param usual how long steps of the worker take; zero if none was measured
   */
  StepBudget(long end, LongSupplier nanoTime, Supplier<Duration> usual) {
    this.end = end;
    this.nanoTime = nanoTime;
    this.usual = usual;
  }

  /** Counts a step that was made; tells how many there is time for, this one included. */
  int stepped() {
    long now = nanoTime.getAsLong();
    first = made == 0 ? now : first;
    double step = Math.max(1, Math.max(mean(now), lately(now)));
    latest[made % LATEST] = now;
    made++;
    return 1 + (int) Math.clamp((end - now) / step, 0, Integer.MAX_VALUE - 1);
  }

  /** Of this request's steps but the first, and the worker's. */
  private double mean(long now) {
    double workers = usual.get().toNanos();
    int weight = workers > 0 ? WORKERS_WEIGHT : 0;
    return made + weight == 0 ? 0 : (now - first + weight * workers) / (made + weight);
  }

  private double lately(long now) {
    return made < LATEST ? 0 : (now - latest[made % LATEST]) / (double) LATEST;
  }
}
