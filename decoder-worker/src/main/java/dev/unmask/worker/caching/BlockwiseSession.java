package dev.unmask.worker.caching;

import dev.unmask.worker.canvas.Block;
import dev.unmask.worker.rows.Mechanism;
import dev.unmask.worker.rows.RowPlan;
import java.util.function.Function;

/**
 * Refreshes everything, or everything but a prompt that is still young, at a block's first step,
 * and computes some rows after it.
 */
final class BlockwiseSession implements CacheSession {
  private static final Mechanism OVERWRITE = new Mechanism.Overwrite(false);
  private static final int NEVER_COMPUTED = Integer.MAX_VALUE;

  private final Shape shape;
  private final int promptInterval;
  private final Function<Block, int[]> later;
  private int entered = -1;
  private int promptAge = NEVER_COMPUTED;

  /**
   * Starts a request.
   *
   * @param promptInterval steps from which on a stored prompt is computed again at a block's start;
   *     1: at every block's start
   * @param later rows of a block's later steps
   */
  BlockwiseSession(Shape shape, int promptInterval, Function<Block, int[]> later) {
    this.shape = shape;
    this.promptInterval = promptInterval;
    this.later = later;
  }

  @Override
  public RowPlan plan(Block block) {
    if (block.number() == entered) {
      return RowPlan.some(later.apply(block), OVERWRITE);
    }
    int[] response = shape.response();
    // The row that speaks for the response's first position may be the whole prompt.
    return promptAge >= promptInterval || response.length == shape.length()
        ? RowPlan.all(shape.length(), OVERWRITE)
        : RowPlan.some(response, OVERWRITE);
  }

  @Override
  public void observe(RowPlan plan, Observation seen) {
    entered = seen.block().number();
    promptAge = plan.refresh() ? 1 : promptAge + 1;
  }
}
