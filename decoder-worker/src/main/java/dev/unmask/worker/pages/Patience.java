package dev.unmask.worker.pages;

import dev.unmask.contract.Limits;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * How long the worker waits for the cache-service.
 *
 * @param find to say which pages are there
 * @param read to send a state
 * @param write to take a state
 * @param waiting how it waits for less than the first of these
 */
public record Patience(Duration find, Duration read, Duration write, Waiting waiting) {
  /** As {@link Limits} says. */
  public static final Patience USUAL =
      new Patience(Limits.QUERY_TIME, Limits.PAGE_READ_TIME, Limits.PAGE_WRITE_TIME);

  /** How a thread waits for something, but no longer than it may. */
  @FunctionalInterface
  public interface Waiting {
    /** In real time. */
    Waiting REAL = (over, most) -> over.await(most.toNanos(), TimeUnit.NANOSECONDS);

    /** Returns when it is over, or the time is; whether it is over. */
    boolean until(CountDownLatch over, Duration most) throws InterruptedException;
  }

  /** Waits in real time. */
  public Patience(Duration find, Duration read, Duration write) {
    this(find, read, write, Waiting.REAL);
  }

  /** As long, but another way. */
  public Patience by(Waiting way) {
    return new Patience(find, read, write, way);
  }
}
