package dev.unmask.worker.caching;

import dev.unmask.worker.caching.session.Observation;
import dev.unmask.worker.caching.session.Shape;
import dev.unmask.worker.scoring.Ranking;
import java.util.Arrays;
import java.util.BitSet;

/**
 * d2Cache's first stage: which masks the next step computes. Source: d2Cache section 3.2,
 * certainty-density guided selection.
 */
final class D2Masks {
  private final D2Cache policy;
  private final Shape shape;

  D2Masks(D2Cache policy, Shape shape) {
    this.policy = policy;
    this.shape = shape;
  }

  /**
   * Selects masks.
   *
   * @param scores over the generated part, weighted by density
   * @param seen of the step that was made
   * @return generated positions, from 0
   */
  BitSet select(float[] scores, Observation seen) {
    float[] preferred = preferBlock(scores, seen.eligible());
    int[] candidates = candidates(seen);
    float[] ranked = new float[candidates.length];
    for (int i = 0; i < ranked.length; i++) {
      ranked[i] = preferred[candidates[i]];
    }
    var selected = new BitSet();
    for (int index : new Ranking(ranked).best(policy.currentK())) {
      selected.set(candidates[index]);
    }
    return selected;
  }

  /** Lifts what could be committed by the largest score, so that the block comes first. */
  private float[] preferBlock(float[] scores, int[] eligible) {
    float largest = Float.NEGATIVE_INFINITY;
    for (float score : scores) {
      largest = Math.max(largest, score);
    }
    float[] preferred = scores.clone();
    for (int position : eligible) {
      preferred[position - shape.promptLength()] += largest;
    }
    return preferred;
  }

  /** Masks from the block's start to the block boundary behind the k-th mask. */
  private int[] candidates(Observation seen) {
    boolean compatible = policy.mode() == D2Cache.Mode.COMPATIBLE;
    int first = compatible ? seen.eligible()[0] : seen.block().start();
    int start = first - shape.promptLength();
    int span = compatible ? seen.eligible().length : seen.block().length();
    int end = Math.min(shape.generationLength(), (target(seen.known()) / span + 1) * span);
    int[] masks = new int[end];
    int count = 0;
    for (int i = start; i < end; i++) {
      if (!seen.known()[i]) {
        masks[count++] = i;
      }
    }
    return Arrays.copyOf(masks, count);
  }

  /** Generated position of the k-th mask, or the last position when there are fewer. */
  private int target(boolean[] known) {
    int masks = 0;
    for (int i = 0; i < known.length; i++) {
      masks += known[i] ? 0 : 1;
      if (masks >= policy.currentK()) {
        return i;
      }
    }
    return known.length - 1;
  }
}
