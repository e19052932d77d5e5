package dev.unmask.worker.caching;

import dev.unmask.worker.caching.session.CacheSession;
import dev.unmask.worker.caching.session.Observation;
import dev.unmask.worker.caching.session.Shape;
import dev.unmask.worker.canvas.Block;
import dev.unmask.worker.rows.Mechanism;
import dev.unmask.worker.rows.RowPlan;
import java.util.stream.IntStream;

/**
 * What a request has stored of a canvas whose blocks see nothing right of them.
 *
 * <p>A step that stores finished blocks is made together with the first step of the next block,
 * unless that must wait for its first token, or an original is followed that keeps them apart.
 */
final class CausalSession implements CacheSession {
  private final Shape shape;
  private final Shape.Causal causal;
  private final boolean keeps;
  private final boolean withinBlock;
  private int settled;
  private int computed = -1;
  private boolean[] known;

  /**
   * Starts a request.
   *
   * @param keeps whether anything is stored at all; if not, every step computes all that its block
   *     sees
   * @param withinBlock whether steps may compute less than a block
   */
  CausalSession(Shape shape, boolean keeps, boolean withinBlock) {
    this.shape = shape;
    causal =
        shape
            .causal()
            .orElseThrow(() -> new IllegalArgumentException("the model sees the whole canvas"));
    this.keeps = keeps;
    this.withinBlock = withinBlock;
    known = new boolean[shape.generationLength()];
  }

  @Override
  public void opened(boolean[] positions) {
    known = positions.clone();
  }

  @Override
  public RowPlan plan(Block block) {
    int start = start(block);
    int end = Math.min(start + causal.blockLength(), shape.length());
    boolean waits = shape.predictionShift() > 0 && start > 0 && !known(start);
    if (waits || (keeps && settled < start && causal.storesApart())) {
      // All is stored where it was found, but nobody has told the block's first token yet.
      return rows(Math.min(settled, start - 1), start, RowPlan.Scope.NEXT);
    }
    boolean within = withinBlock && settled == start && computed == start && known(block.start());
    return within
        ? rows(block.start(), block.end(), RowPlan.Scope.ELIGIBLE)
        : rows(settled, end, RowPlan.Scope.ELIGIBLE);
  }

  private RowPlan rows(int from, int to, RowPlan.Scope scope) {
    var mechanism = new Mechanism.BlockCausal(causal.blockLength());
    boolean all = from == 0 && to == shape.length();
    return new RowPlan(IntStream.range(from, to).toArray(), mechanism, all, scope);
  }

  @Override
  public void observe(RowPlan plan, Observation seen) {
    known = seen.known().clone();
    int start = start(seen.block());
    if (plan.scope() != RowPlan.Scope.NEXT) {
      computed = start;
    }
    settled = keeps ? start : 0;
  }

  @Override
  public int settled() {
    return settled;
  }

  @Override
  public void found(int positions) {
    settled = keeps ? positions : 0;
  }

  /** Where the model's block begins that a decoding block is part of. */
  private int start(Block block) {
    return block.start() - block.start() % causal.blockLength();
  }

  private boolean known(int position) {
    int generated = position - (shape.length() - shape.generationLength());
    return generated < 0 || known[generated];
  }
}
