package dev.unmask.worker.engine;

import dev.unmask.worker.rows.Predictions;

/** What became of one request's part in a shared forward. */
public sealed interface TurnOutcome {
  /** The step was made. */
  record Predicted(Predictions predictions) implements TurnOutcome {}

  /** The step failed, and only this request's: its state must be closed. */
  record Failed(RuntimeException cause) implements TurnOutcome {}
}
