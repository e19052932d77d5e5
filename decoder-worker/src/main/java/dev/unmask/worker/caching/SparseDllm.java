package dev.unmask.worker.caching;

import dev.unmask.worker.canvas.Block;
import dev.unmask.worker.rows.Mechanism;
import dev.unmask.worker.rows.RowPlan;

/**
 * A block's first steps compute every row; the last of them stores, in each layer, the positions
 * outside the block that the block's mean query points at most, and drops the others. Later steps
 * compute the block and attend to what was kept and to themselves.
 *
 * <pre>
 *   keep 0.5, delay 1   prompt | block 0 | block 1
 *   step 0              RRRRRR | RRRRRRR | RRRRRRR     R computed, nothing stored
 *   step 1              RRRRRR | RRRRRRR | RRRRRRR     K kept by step 1, each layer its own
 *   step 2              K..K.K | RRRRRRR | .KK.K..     . dropped
 * </pre>
 *
 * <p>The state follows from the canvas at block starts. Source: Sparse-dLLM section 3; its code for
 * the delay of one step.
 *
 * @param keepRatio share of the positions outside the block that is kept, in (0, 1]
 * @param kernelSize width of the maximum that smooths importance over neighbours; odd
 * @param delay steps of a block before the one that stores, at least 0
 */
public record SparseDllm(double keepRatio, int kernelSize, int delay) implements CachePolicy {
  public SparseDllm {
    if (!(keepRatio > 0 && keepRatio <= 1) || kernelSize < 1 || delay < 0) {
      throw new IllegalArgumentException("no Sparse-dLLM: " + keepRatio + ", " + kernelSize);
    }
    if (kernelSize % 2 == 0) {
      throw new IllegalArgumentException("an even kernel shifts importance: " + kernelSize);
    }
  }

  @Override
  public CacheSession open(Shape shape) {
    return new Session(shape);
  }

  private final class Session implements CacheSession {
    private final Shape shape;
    private int block = -1;
    private int stepsOfBlock;

    Session(Shape shape) {
      this.shape = shape;
    }

    @Override
    public RowPlan plan(Block current) {
      int step = current.number() == block ? stepsOfBlock : 0;
      if (step < delay) {
        return RowPlan.all(shape.length(), new Mechanism.Fresh());
      }
      int[] rows = shape.window().rows(current.start(), current.end());
      return step == delay
          ? RowPlan.all(shape.length(), retain(rows))
          : RowPlan.some(rows, new Mechanism.Retained());
    }

    private Mechanism retain(int[] rows) {
      int kept = (int) ((shape.length() - rows.length) * keepRatio);
      return new Mechanism.Retain(rows[0], rows[rows.length - 1] + 1, kept, kernelSize);
    }

    @Override
    public void observe(RowPlan plan, Observation seen) {
      stepsOfBlock = seen.block().number() == block ? stepsOfBlock + 1 : 1;
      block = seen.block().number();
    }
  }
}
