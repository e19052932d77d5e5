package dev.unmask.worker.caching;

import dev.unmask.worker.caching.session.Shape;
import dev.unmask.worker.rows.Mechanism;
import dev.unmask.worker.rows.RowPlan;

/**
 * How long ago a request's prompt was computed. A block that begins sooner than an interval of
 * steps after that leaves it as it was stored: dLLM-Cache's prompt interval, at block starts.
 */
final class PromptAge {
  private static final int NEVER_COMPUTED = Integer.MAX_VALUE;

  private final Shape shape;
  private final int interval;
  private int steps = NEVER_COMPUTED;

  /**
   * Starts a request, whose prompt was never computed.
   *
   * @param interval steps from which on a stored prompt is computed again; 1: at every block's
   *     start
   */
  PromptAge(Shape shape, int interval) {
    this.shape = shape;
    this.interval = interval;
  }

  /**
   * Refuses what is no interval.
   *
   * @throws IllegalArgumentException if it is less than a step
   */
  static void require(int interval) {
    if (interval < 1) {
      throw new IllegalArgumentException("no prompt interval: " + interval);
    }
  }

  /** A block's first step: all rows, or those of the response while the prompt is young. */
  RowPlan begin(Mechanism mechanism) {
    // The row that speaks for the response's first position may be the whole prompt.
    return steps >= interval || shape.response().length == shape.length()
        ? RowPlan.all(shape.length(), mechanism)
        : response(mechanism);
  }

  /** The rows of the response. */
  RowPlan response(Mechanism mechanism) {
    return RowPlan.some(shape.response(), mechanism);
  }

  /** Counts a step that was made. */
  void stepped(RowPlan plan) {
    steps = plan.refresh() ? 1 : steps + 1;
  }
}
