package dev.unmask.gateway.config;

import java.time.Duration;
import java.util.List;

/**
 * Which workers there are and how one is chosen.
 *
 * @param workers at least one, each once
 * @param pollInterval pause between two questions to a worker, at least 10 ms
 * @param affinityMargin how much more loaded than another the worker that served a context last may
 *     be and still get it; unit: requests a slot
 */
public record RoutingSettings(
    List<WorkerAddress> workers, Duration pollInterval, double affinityMargin) {
  private static final Duration SHORTEST = Duration.ofMillis(10);

  public RoutingSettings {
    workers = List.copyOf(workers);
    require(!workers.isEmpty(), "workers must name at least one worker");
    require(
        workers.stream().distinct().count() == workers.size(),
        "workers must name each worker once, was " + workers);
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
