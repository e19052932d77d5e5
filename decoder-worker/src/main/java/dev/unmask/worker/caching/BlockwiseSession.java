package dev.unmask.worker.caching;

import dev.unmask.worker.caching.session.CacheSession;
import dev.unmask.worker.caching.session.Observation;
import dev.unmask.worker.caching.session.Shape;
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

  private final PromptAge prompt;
  private final Function<Block, int[]> later;
  private int entered = -1;

  /**
   * Starts a request.
   *
   * @param promptInterval steps from which on a stored prompt is computed again at a block's start;
   *     1: at every block's start
   * @param later rows of a block's later steps
   */
  BlockwiseSession(Shape shape, int promptInterval, Function<Block, int[]> later) {
    prompt = new PromptAge(shape, promptInterval);
    this.later = later;
  }

  @Override
  public RowPlan plan(Block block) {
    return block.number() == entered
        ? RowPlan.some(later.apply(block), OVERWRITE)
        : prompt.begin(OVERWRITE);
  }

  @Override
  public void observe(RowPlan plan, Observation seen) {
    entered = seen.block().number();
    prompt.stepped(plan);
  }
}
