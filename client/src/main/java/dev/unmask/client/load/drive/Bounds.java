package dev.unmask.client.load.drive;

import dev.unmask.contract.Limits;
import java.time.Duration;

/**
 * What a generator may at most take.
 *
 * @param underWay requests at once
 * @param drain time after the last arrival for requests to end
 */
public record Bounds(int underWay, Duration drain) {
  /** Those of the contract. */
  static final Bounds LIMITS = new Bounds(Limits.LOAD_REQUESTS_UNDER_WAY, Limits.LOAD_DRAIN_TIME);
}
