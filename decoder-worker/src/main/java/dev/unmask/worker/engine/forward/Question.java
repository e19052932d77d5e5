package dev.unmask.worker.engine.forward;

import ai.djl.pytorch.jni.IValue;
import dev.unmask.worker.rows.Step;
import java.util.Optional;

/**
 * What a step asks of hidden states.
 *
 * @param hidden states, of one request or of several
 * @param rows of them that belong to the step's scored rows
 * @param places of the scored rows in what is kept of the request: generated positions, from 0
 * @param step that asks
 * @param past distributions of the step before {@code [G][V]}, if divergences are wanted
 * @param push what guidance adds to the logits
 */
public record Question(
    IValue hidden,
    int[] rows,
    int[] places,
    Step step,
    Optional<IValue> past,
    Optional<Push> push) {
  /**
   * A change of logits.
   *
   * @param difference between those with and without the prompt {@code [G][V]}
   * @param scale of it
   */
  public record Push(IValue difference, double scale) {}

  /** How tokens are picked and weighed. */
  Manner manner() {
    return Manner.of(step.wanted());
  }

  /** Whether the question brings memory that no other request may use. */
  boolean own() {
    return past.isPresent() || push.isPresent();
  }
}
