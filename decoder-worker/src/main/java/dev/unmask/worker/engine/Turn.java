package dev.unmask.worker.engine;

import dev.unmask.worker.rows.Step;

/**
 * One request's part in a forward that several share.
 *
 * @param state of the request
 * @param step it wants made
 */
public record Turn(RequestState state, Step step) {
  /** What it takes of the forward. */
  public Cost cost() {
    return state.cost(step);
  }
}
