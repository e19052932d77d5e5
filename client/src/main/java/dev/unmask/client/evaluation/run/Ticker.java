package dev.unmask.client.evaluation.run;

import java.time.Duration;
import java.time.Instant;

/** Time: what it is, how much has passed, and waiting for it. Safe for use by many threads. */
public interface Ticker {
  /** The time of day. */
  Instant now();

  /** Nanoseconds since some moment. */
  long nanoTime();

  /** Waits. */
  void sleep(Duration pause) throws InterruptedException;

  /** That of this machine. */
  static Ticker ofSystem() {
    return new Ticker() {
      @Override
      public Instant now() {
        return Instant.now();
      }

      @Override
      public long nanoTime() {
        return System.nanoTime();
      }

      @Override
      public void sleep(Duration pause) throws InterruptedException {
        Thread.sleep(pause);
      }
    };
  }
}
