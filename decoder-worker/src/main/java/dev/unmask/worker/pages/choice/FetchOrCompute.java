package dev.unmask.worker.pages.choice;

import dev.unmask.contract.Limits;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Decides between fetching a state and computing it. Fetching takes a round trip, and what reading
 * and restoring so many bytes took of late; computing takes what the caller estimates from late
 * forwards and from what waits for the device.
 *
 * <p>Until {@link Limits#FETCHES_FIRST} fetches were measured it fetches, and learns: the first
 * ones of a process are slow and say little. Then it computes only where that is clearly faster,
 * because computing holds up all others on the device, and every {@link Limits#FETCH_ANYWAY}th
 * state is fetched anyway, so that one slow hour of the network is not believed for ever. Computing
 * is measured by every forward, on a GPU by the warm-up's first. Safe for several threads.
 */
public final class FetchOrCompute {
  /** How many times longer fetching must take before computing is chosen. */
  private static final double CLEARLY = 1.2;

  private final boolean always;
  private final Rate calls = new Rate();
  private final Usual usual = new Usual();
  private final Line bytes = new Line();
  private int fetches;
  private int computed;

  /**
   * Nothing measured yet.
   *
   * @param always whether to fetch whatever the estimates say
   */
  public FetchOrCompute(boolean always) {
    this.always = always;
  }

  /** A call that moved next to nothing took so long. */
  public synchronized void called(Duration took) {
    calls.measured(1, took);
    usual.took(took);
  }

  /**
   * How long to wait for such a call before computing: some times as long as it usually takes, but
   * not longer than computing takes. What was quick until now and does not answer is hardly worth a
   * wait; without a measurement, and where states are always fetched, it is.
   *
   * @param compute estimate of computing it; empty if none was measured
   */
  public synchronized Duration patience(Optional<Duration> compute) {
    var some = usual.time().map(time -> time.multipliedBy(Limits.FIND_WAIT_CALLS));
    if (always || some.isEmpty()) {
      return Limits.QUERY_TIME;
    }
    var most = Collections.min(List.of(some.get(), compute.orElse(some.get()), Limits.QUERY_TIME));
    return Collections.max(List.of(most, Limits.FIND_WAIT_LEAST));
  }

  /** Reading and restoring so many bytes took so long, the call's round trip included. */
  public synchronized void fetched(long size, Duration took) {
    fetches++;
    var moving = took.minus(calls.estimate(1).orElse(Duration.ZERO));
    bytes.measured(size, moving.isNegative() ? Duration.ZERO : moving);
  }

  /**
   * Decides about a state that is there.
   *
   * @param size of its pages in bytes
   * @param compute estimate of computing it; empty if none was measured
   */
  public synchronized Decision decide(long size, Optional<Duration> compute) {
    var fetch =
        bytes.estimate(size).map(moving -> moving.plus(calls.estimate(1).orElse(Duration.ZERO)));
    boolean slow =
        !always
            && fetches >= Limits.FETCHES_FIRST
            && fetch.isPresent()
            && compute.isPresent()
            && fetch.get().toNanos() > CLEARLY * compute.get().toNanos();
    boolean anyway = slow && ++computed % Limits.FETCH_ANYWAY == 0;
    return new Decision(fetch, compute, !slow || anyway);
  }
}
