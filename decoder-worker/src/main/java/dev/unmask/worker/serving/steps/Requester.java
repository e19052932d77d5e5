package dev.unmask.worker.serving.steps;

import dev.unmask.worker.engine.Cost;
import dev.unmask.worker.engine.ModelEngine;
import dev.unmask.worker.scheduling.Claim;

/**
 * Who wants steps made.
 *
 * @param tenant whose share pays for them; may be empty
 * @param deadline on {@link System#nanoTime}'s scale; {@link
 *     dev.unmask.worker.scheduling.Ticket#NO_DEADLINE} without one
 * @param model name of the model, unique in the worker
 * @param engine that computes it
 * @param mark what stands for the request
 */
public record Requester(String tenant, long deadline, String model, ModelEngine engine, Mark mark) {
  /** That nothing stands for. */
  public Requester(String tenant, long deadline, String model, ModelEngine engine) {
    this(tenant, deadline, model, engine, Mark.NONE);
  }

  Claim claim(Cost cost) {
    return new Claim(tenant, deadline, model, cost);
  }
}
