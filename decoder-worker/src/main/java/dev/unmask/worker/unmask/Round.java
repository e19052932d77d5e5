package dev.unmask.worker.unmask;

import dev.unmask.worker.sampling.Noise;

/**
 * What a policy sees of one step.
 *
 * @param positions of the masks that may be committed, rising; at least one
 * @param scores of them
 * @param probed what the policy's {@link Probe} says of them: one number for an entropy, the last
 *     ones, oldest first, for divergences (infinite where a step did not compute the position); no
 *     rows without a probe
 * @param masks of the block that are to be decoded; at least the candidates
 * @param step of the block, from 0
 * @param committed tokens committed in this block before this step
 * @param layout of the generated part
 * @param noise of this step
 */
public record Round(
    int[] positions,
    float[] scores,
    float[][] probed,
    int masks,
    int step,
    int committed,
    Layout layout,
    Noise noise) {
  public Round {
    if (scores.length == 0 || step < 0 || committed < 0) {
      throw new IllegalArgumentException("a round needs candidates");
    }
    if (positions.length != scores.length || masks < scores.length) {
      throw new IllegalArgumentException("a score a candidate, and candidates are masks");
    }
  }

  /** Masks that may be committed. */
  public int candidates() {
    return scores.length;
  }
}
