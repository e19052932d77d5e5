package dev.unmask.worker.caching;

import dev.unmask.worker.caching.session.CacheSession;
import dev.unmask.worker.caching.session.Observation;
import dev.unmask.worker.caching.session.Shape;
import dev.unmask.worker.canvas.Block;
import dev.unmask.worker.rows.Mechanism;
import dev.unmask.worker.rows.RowPlan;

/**
 * A block's first steps compute every row; the last of them stores, in each layer, the positions
 * outside the block that the block's mean query points at most, and drops the others. Later steps
 * compute the block and attend to what was kept and to themselves. A prompt may be frozen: then a
 * block's first steps compute the response only, and each layer chooses among the prompt as it was
 * stored and the response.
 *
 * <pre>
 *   keep 0.5, delay 1   prompt | block 0 | block 1
 *   step 0              RRRRRR | RRRRRRR | RRRRRRR     R computed, nothing stored
 *   step 1              RRRRRR | RRRRRRR | RRRRRRR     K kept by step 1, each layer its own
 *   step 2              K..K.K | RRRRRRR | .KK.K..     . dropped
 *   step 3              SSSSSS | RRRRRRR | RRRRRRR     block 1 begins, the prompt frozen: S stored by step 1
 *   step 4              SSSSSS | RRRRRRR | RRRRRRR
 *   step 5              .KK..K | K..K.KK | RRRRRRR     K copies: the prompt stays stored, too
 * </pre>
 *
 * <p>The state follows from the canvas at block starts, unless the prompt is frozen. Source:
 * Sparse-dLLM section 3; its code for the delay of one step; dLLM-Cache section 3 for the interval.
 *
 * @param keepRatio share of the positions outside the block that is kept, in (0, 1]
 * @param kernelSize width of the maximum that smooths importance over neighbours; odd
 * @param delay steps of a block before the one that stores, at least 0
 * @param promptInterval steps from which on a block's first steps compute the prompt again, at
 *     least 1; 1: every block's, as published
 */
public record SparseDllm(double keepRatio, int kernelSize, int delay, int promptInterval)
    implements CachePolicy {
  public SparseDllm {
    if (!(keepRatio > 0 && keepRatio <= 1) || kernelSize < 1 || delay < 0) {
      throw new IllegalArgumentException("no Sparse-dLLM: " + keepRatio + ", " + kernelSize);
    }
    if (kernelSize % 2 == 0) {
      throw new IllegalArgumentException("an even kernel shifts importance: " + kernelSize);
    }
    PromptAge.require(promptInterval);
  }

  /** As published. */
  public SparseDllm(double keepRatio, int kernelSize, int delay) {
    this(keepRatio, kernelSize, delay, 1);
  }

  /** Whether a prompt stays stored beside what is kept, because later blocks may need it. */
  public boolean freezes() {
    return promptInterval > 1;
  }

  /** How many of the positions outside a block are kept. */
  public int kept(int others) {
    return (int) (others * keepRatio);
  }

  @Override
  public CacheSession open(Shape shape) {
    return new Session(shape);
  }

  private final class Session implements CacheSession {
    private final Shape shape;
    private final PromptAge prompt;
    private int block = -1;
    private int stepsOfBlock;
    private boolean frozen;

    Session(Shape shape) {
      this.shape = shape;
      prompt = new PromptAge(shape, promptInterval);
    }

    @Override
    public RowPlan plan(Block current) {
      int step = current.number() == block ? stepsOfBlock : 0;
      int[] rows = shape.window().rows(current.start(), current.end());
      if (step > delay) {
        return RowPlan.some(rows, new Mechanism.Retained());
      }
      var mechanism = step == delay ? retain(rows) : waiting();
      if (step == 0) {
        return prompt.begin(mechanism);
      }
      return frozen ? prompt.response(mechanism) : RowPlan.all(shape.length(), mechanism);
    }

    private Mechanism waiting() {
      return freezes() ? new Mechanism.Overwrite(false) : new Mechanism.Fresh();
    }

    private Mechanism retain(int[] rows) {
      int kept = kept(shape.length() - rows.length);
      int end = rows[rows.length - 1] + 1;
      return new Mechanism.Retain(rows[0], end, kept, kernelSize, freezes());
    }

    @Override
    public void observe(RowPlan plan, Observation seen) {
      boolean begins = seen.block().number() != block;
      stepsOfBlock = begins ? 1 : stepsOfBlock + 1;
      frozen = begins ? !plan.refresh() : frozen;
      block = seen.block().number();
      prompt.stepped(plan);
    }
  }
}
