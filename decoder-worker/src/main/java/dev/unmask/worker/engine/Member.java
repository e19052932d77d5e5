package dev.unmask.worker.engine;

import dev.unmask.worker.engine.forward.Forward;
import dev.unmask.worker.engine.forward.Head;
import dev.unmask.worker.rows.Predictions;
import dev.unmask.worker.rows.Step;

/**
 * A request's state as a shared forward sees it: it joins, asks of what was computed, and reads its
 * answer. Only the last of these moves it on, so that a step whose forward failed can be made
 * again.
 */
sealed interface Member permits ModelState, GuidedState {
  /**
   * Adds what the step computes.
   *
   * @throws IllegalArgumentException if a row would attend to a position that is neither computed
   *     nor stored, or a scored row is not among the rows
   */
  void join(Step step, Forward forward);

  /** Asks of the hidden states, once they are there. */
  void ask(Step step, Forward forward, Head head);

  /**
   * Reads the answer.
   *
   * @throws IllegalStateException if a confidence is not a number
   */
  Predictions answer(Step step, Head head);
}
