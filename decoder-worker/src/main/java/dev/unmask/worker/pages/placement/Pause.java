package dev.unmask.worker.pages.placement;

import dev.unmask.contract.Limits;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * A circuit breaker: after a failure no calls for a while, twice as long after each further one,
 * until one succeeds. Safe for several threads.
 */
public final class Pause {
  private final InstantSource clock;
  private Instant until = Instant.MIN;
  private Duration next = Limits.PAGE_PAUSE_FIRST;

  /** No pause at first. */
  public Pause(InstantSource clock) {
    this.clock = clock;
  }

  /** Whether no call should be made now. */
  public synchronized boolean on() {
    return clock.instant().isBefore(until);
  }

  /** A call succeeded. */
  public synchronized void succeeded() {
    until = Instant.MIN;
    next = Limits.PAGE_PAUSE_FIRST;
  }

  /** A call failed. Calls that fail together count once. */
  public synchronized void failed() {
    if (!on()) {
      until = clock.instant().plus(next);
      var doubled = next.multipliedBy(2);
      next = doubled.compareTo(Limits.PAGE_PAUSE_MOST) > 0 ? Limits.PAGE_PAUSE_MOST : doubled;
    }
  }
}
