package dev.unmask.worker.caching;

import dev.unmask.worker.canvas.Block;
import dev.unmask.worker.rows.RowPlan;

/**
 * A cache policy's memory of one request: what is stored by the steps that were made. Used by one
 * thread.
 */
public interface CacheSession {
  /** What the next step computes, were it made now; asking changes nothing. */
  RowPlan plan(Block block);

  /** Tells that a planned step was made, and what it has shown. */
  void observe(RowPlan plan, Observation seen);
}
