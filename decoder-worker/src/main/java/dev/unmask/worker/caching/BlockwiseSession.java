package dev.unmask.worker.caching;

import dev.unmask.worker.canvas.Block;
import dev.unmask.worker.rows.Mechanism;
import dev.unmask.worker.rows.RowPlan;
import java.util.function.Function;

/** Refreshes everything at a block's first step and computes some rows after it. */
final class BlockwiseSession implements CacheSession {
  private static final Mechanism OVERWRITE = new Mechanism.Overwrite(false);

  private final Shape shape;
  private final Function<Block, int[]> later;
  private int refreshed = -1;

  BlockwiseSession(Shape shape, Function<Block, int[]> later) {
    this.shape = shape;
    this.later = later;
  }

  @Override
  public RowPlan plan(Block block) {
    return block.number() == refreshed
        ? RowPlan.some(later.apply(block), OVERWRITE)
        : RowPlan.all(shape.length(), OVERWRITE);
  }

  @Override
  public void observe(RowPlan plan, Observation seen) {
    if (plan.refresh()) {
      refreshed = seen.block().number();
    }
  }
}
