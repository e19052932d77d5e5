package dev.unmask.client.output;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Keeps pictures apart, so that a person can follow a model that takes milliseconds a step. It
 * slows the drawing only: the figures of a request are the worker's. For one thread.
 */
public final class Pace {
  private final Duration apart;
  private final LongSupplier nanoTime;
  private long next;

  private Pace(Duration apart, LongSupplier nanoTime) {
    this.apart = apart;
    this.nanoTime = nanoTime;
    this.next = nanoTime.getAsLong();
  }

  /** No waiting. */
  public static Pace unlimited() {
    return new Pace(Duration.ZERO, System::nanoTime);
  }

  /** At least {@code apart} between one picture and the next. */
  public static Pace of(Duration apart) {
    return new Pace(apart, System::nanoTime);
  }

  /** Waits until the next picture is due. */
  void await() {
    for (long left = left(); left > 0 && !Thread.currentThread().isInterrupted(); left = left()) {
      LockSupport.parkNanos(this, left);
    }
    next = nanoTime.getAsLong() + apart.toNanos();
  }

  private long left() {
    return next - nanoTime.getAsLong();
  }
}
