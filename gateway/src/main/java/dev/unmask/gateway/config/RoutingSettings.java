package dev.unmask.gateway.config;

import java.time.Duration;

/**
 * How a worker is chosen.
 *
 * @param pollInterval pause between two questions to a worker, at least 10 ms
 * @param affinityMargin how much more loaded than another the worker that served a context last may
 *     be and still get it; unit: requests a slot
 */
public record RoutingSettings(Duration pollInterval, double affinityMargin) {
  private static final Duration SHORTEST = Duration.ofMillis(10);

  public RoutingSettings {
    require(
        pollInterval.compareTo(SHORTEST) >= 0,
        "poll-interval must be at least 10ms, was " + pollInterval);
    require(
        affinityMargin >= 0 && Double.isFinite(affinityMargin),
        "affinity-margin must be 0 or more, was " + affinityMargin);
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException("unmask.gateway." + message);
    }
  }
}
