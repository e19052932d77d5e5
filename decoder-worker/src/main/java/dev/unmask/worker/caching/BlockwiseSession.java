package dev.unmask.worker.caching;

import dev.unmask.worker.canvas.Block;
import java.util.function.Function;

/** Refreshes everything at a block's first step and computes some rows after it. */
final class BlockwiseSession implements CacheSession {
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
        ? RowPlan.some(later.apply(block))
        : RowPlan.all(shape.length(), true);
  }

  @Override
  public void observe(Block block, RowPlan plan) {
    if (plan.refresh()) {
      refreshed = block.number();
    }
  }
}
