package dev.unmask.worker.pages.lease;

import dev.unmask.contract.Limits;
import java.time.Duration;
import java.util.Optional;

/**
 * How long a lease is asked for and waited for. Both follow from what computing takes here: waiting
 * much longer than that makes no sense, and a holder that took much longer is taken for dead. A
 * waiter's patience outlives a dead holder's term, so that one of the waiters follows and the
 * others still wait for that one.
 *
 * @param term longest the lease is kept
 * @param patience longest to wait for another holder
 */
public record LeaseTimes(Duration term, Duration patience) {
  /**
   * Times for a forward.
   *
   * @param estimate of computing it, with what waits for the device before it; empty if none was
   *     measured
   */
  public static LeaseTimes of(Optional<Duration> estimate) {
    var forward = clamp(estimate.orElse(Limits.LEASE_FORWARD_UNMEASURED));
    return new LeaseTimes(
        forward.multipliedBy(Limits.LEASE_TERM_FORWARDS),
        forward.multipliedBy(Limits.LEASE_WAIT_FORWARDS));
  }

  private static Duration clamp(Duration estimate) {
    if (estimate.compareTo(Limits.LEASE_FORWARD_LEAST) < 0) {
      return Limits.LEASE_FORWARD_LEAST;
    }
    return estimate.compareTo(Limits.LEASE_FORWARD_MOST) > 0 ? Limits.LEASE_FORWARD_MOST : estimate;
  }
}
