package dev.unmask.worker.pages.choice;

import java.time.Duration;
import java.util.Optional;

/**
 * What was weighed when a state was looked up.
 *
 * @param fetch estimate of fetching it; empty if it was not there, or nothing was measured yet
 * @param compute estimate of computing it, with what waits for the device before it; empty if
 *     nothing was measured yet
 * @param fetched whether it was chosen to fetch it
 */
public record Decision(Optional<Duration> fetch, Optional<Duration> compute, boolean fetched) {
  /** There is nothing to fetch. */
  public static Decision absent(Optional<Duration> compute) {
    return new Decision(Optional.empty(), compute, false);
  }
}
