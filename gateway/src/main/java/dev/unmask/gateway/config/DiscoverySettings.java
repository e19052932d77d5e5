package dev.unmask.gateway.config;

import java.time.Duration;
import java.util.List;

/**
 * Where the workers are found.
 *
 * @param workers at least one entry, each once
 * @param interval pause between two lookups of a name, a second to an hour
 */
public record DiscoverySettings(List<WorkerEntry> workers, Duration interval) {
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofHours(1);

  public DiscoverySettings {
    workers = List.copyOf(workers);
    require(!workers.isEmpty(), "workers must name at least one worker");
    require(
        workers.stream().distinct().count() == workers.size(),
        "workers must name each worker once, was " + workers);
    require(
        interval.compareTo(SHORTEST) >= 0 && interval.compareTo(LONGEST) <= 0,
        "discovery-interval must be 1s to 1h, was " + interval);
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException("unmask.gateway." + message);
    }
  }
}
