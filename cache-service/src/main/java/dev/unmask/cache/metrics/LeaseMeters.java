package dev.unmask.cache.metrics;

import dev.unmask.cache.lease.Leases;
import dev.unmask.metrics.Metrics;

/** The meters of states that are computed by one worker while others wait. */
public final class LeaseMeters {
  private LeaseMeters() {}

  /** Defines them. */
  public static void define(Metrics metrics, Leases leases) {
    metrics.gauge(
        "unmask_cache_leases_held", "States that a worker is computing for others.", leases::held);
    metrics.gauge("unmask_cache_leases_waiting", "Callers that wait for one.", leases::waiting);
  }
}
