package dev.unmask.worker.scheduling;

import dev.unmask.worker.engine.KvPool;

/**
 * What a request needs to run.
 *
 * @param tenant whose share pays; may be empty
 * @param deadline of the request in nanoseconds; {@link Ticket#NO_DEADLINE} without one
 * @param pool of its model's device memory for keys and values
 * @param positions of that memory, whatever its steps will do; at least 1
 */
public record Demand(String tenant, long deadline, KvPool pool, int positions) {
  /** Whether it could run if it were alone. */
  public boolean possible() {
    return pool.fits(positions);
  }

  Ticket ticket() {
    return new Ticket(tenant, deadline, positions);
  }
}
