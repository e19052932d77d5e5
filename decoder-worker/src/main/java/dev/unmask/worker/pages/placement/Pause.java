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
  private final Duration most;
  private Instant until = Instant.MIN;
  private Duration next = Limits.PAGE_PAUSE_FIRST;

  /** No pause at first, and never one longer than {@link Limits#PAGE_PAUSE_MOST}. */
  public Pause(InstantSource clock) {
    this(clock, Limits.PAGE_PAUSE_MOST);
  }

  /** No pause at first, and never one longer than the most. */
  Pause(InstantSource clock, Duration most) {
    this.clock = clock;
    this.most = most;
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
      next = doubled.compareTo(most) > 0 ? most : doubled;
    }
  }
}
