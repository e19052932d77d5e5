package dev.unmask.gateway.routing;

import dev.unmask.contract.Problem;

/** What the router decided. */
public sealed interface Choice {
  /** Why a worker was chosen. */
  enum Reason {
    /** The request named it. */
    NAMED,
    /** No other one serves the model. */
    ONLY,
    /** No other one holds more of the prompt's beginning. */
    PREFIX,
    /** It served the same context last. */
    AFFINITY,
    /** It was the less loaded of two drawn ones. */
    LOAD
  }

  /** This worker decodes the request. */
  record Chosen(WorkerView worker, Reason reason) implements Choice {}

  /** No worker can, and the caller is told so. */
  record Refused(Problem problem) implements Choice {}
}
