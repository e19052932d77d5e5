package dev.unmask.worker.caching;

import dev.unmask.worker.canvas.Block;

/**
 * Every step computes every row and stores nothing.
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
    return new Session(RowPlan.all(shape.length(), false));
  }

  private record Session(RowPlan everything) implements CacheSession {
    @Override
    public RowPlan plan(Block block) {
      return everything;
    }

    @Override
    public void observe(Block block, RowPlan plan) {
      // Nothing is stored.
    }
  }
}
