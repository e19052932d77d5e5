package dev.unmask.worker.unmask;

/**
 * What a policy sees of one step.
 *
 * @param scores of the masks that may be committed, by rising position; at least one
 * @param step of the block, from 0
 * @param committed tokens committed in this block before this step
 * @param layout of the generated part
 */
public record Round(float[] scores, int step, int committed, Layout layout) {
  public Round {
    if (scores.length == 0 || step < 0 || committed < 0) {
      throw new IllegalArgumentException("a round needs candidates");
    }
  }

  /** Masks that may be committed. */
  public int candidates() {
    return scores.length;
  }
}
