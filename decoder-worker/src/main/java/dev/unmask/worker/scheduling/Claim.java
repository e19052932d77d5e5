package dev.unmask.worker.scheduling;

import dev.unmask.worker.engine.Cost;

/**
 * What a step asks of a forward.
 *
 * @param tenant whose share pays; may be empty
 * @param deadline of its request in nanoseconds; {@link Ticket#NO_DEADLINE} without one
 * @param model that computes it; a forward is of one model
 * @param cost of the step
 */
public record Claim(String tenant, long deadline, String model, Cost cost) {
  /** A forward of fewer rows takes as long: it reads all weights, whatever it computes. */
  private static final int LEAST_CHARGE = 32;

  Ticket ticket() {
    return new Ticket(tenant, deadline, Math.max(LEAST_CHARGE, cost.rows()));
  }
}
