package dev.unmask.gateway.admission.gate;

import dev.unmask.gateway.access.Tenant;
import java.time.Duration;

/**
 * What a request asks of the workers.
 *
 * @param tenant who pays for it
 * @param positions it generates; the same in every step
 * @param steps it is expected to take
 * @param time until it is of no use any more
 */
public record Demand(Tenant tenant, long positions, long steps, Duration time) {
  /** What is charged in advance. Unit: positions times steps. */
  long work() {
    return work(steps);
  }

  /** What so many steps are charged. */
  long work(long taken) {
    return Math.max(1, positions * taken);
  }
}
