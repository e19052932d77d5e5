package dev.unmask.worker.caching.session;

import dev.unmask.worker.canvas.Block;
import dev.unmask.worker.rows.RowPlan;

/**
 * A cache policy's memory of one request: what is stored by the steps that were made. Used by one
 * thread.
 */
public interface CacheSession {
  /**
   * Tells, before the first step, which generated positions are known already.
   *
   * @param known first generated position first
   */
  default void opened(boolean[] known) {
    // Most policies learn from steps.
  }

  /** What the next step computes, were it made now; asking changes nothing. */
  RowPlan plan(Block block);

  /** Tells that a planned step was made, and what it has shown. */
  void observe(RowPlan plan, Observation seen);

  /**
   * Positions, from 0, whose keys and values are stored and will never be computed again; 0 for
   * policies that store nothing final.
   */
  default int settled() {
    return 0;
  }

  /**
   * Tells, before the first step, that positions from 0 were filled with final keys and values.
   *
   * @throws IllegalStateException if the policy knows nothing final
   */
  default void found(int positions) {
    throw new IllegalStateException("nothing that this policy stores is final");
  }
}
