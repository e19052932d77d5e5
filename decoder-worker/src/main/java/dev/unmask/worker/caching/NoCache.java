package dev.unmask.worker.caching;

import dev.unmask.worker.caching.session.CacheSession;
import dev.unmask.worker.caching.session.Observation;
import dev.unmask.worker.caching.session.Shape;
import dev.unmask.worker.canvas.Block;
import dev.unmask.worker.rows.Mechanism;
import dev.unmask.worker.rows.RowPlan;

/**
 * Every step computes every row, of a block-causal model every row that the block sees, and keeps
 * nothing for the next one.
 *
 * <pre>
 *   positions   prompt | block 0 | block 1
 *   step 0      RRRRRR | RRRRRRR | RRRRRRR     R computed, attended to fresh
 *   step 1      RRRRRR | RRRRRRR | RRRRRRR
 * </pre>
 */
public record NoCache() implements CachePolicy {
  @Override
  public CacheSession open(Shape shape) {
    return shape.causal().isPresent()
        ? new CausalSession(shape, false, false)
        : new Session(RowPlan.all(shape.length(), new Mechanism.Fresh()));
  }

  private record Session(RowPlan everything) implements CacheSession {
    @Override
    public RowPlan plan(Block block) {
      return everything;
    }

    @Override
    public void observe(RowPlan plan, Observation seen) {
      // Nothing is stored.
    }
  }
}
