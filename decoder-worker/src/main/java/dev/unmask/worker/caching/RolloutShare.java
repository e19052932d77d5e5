package dev.unmask.worker.caching;

import dev.unmask.worker.scoring.Ranking;
import java.util.BitSet;

/**
 * d2Cache's second stage: of the positions not selected yet, those that hold a share of the
 * attention rollout. Source: d2Cache section 3.2, attention-aware selection.
 */
final class RolloutShare {
  /** Keeps the quotient finite, as in d2Cache. */
  private static final float LEAST = 1e-9f;

  private final D2Cache policy;

  RolloutShare(D2Cache policy) {
    this.policy = policy;
  }

  /**
   * Adds the most attended positions, at least one, until they hold the share.
   *
   * @param importance of all positions of the canvas; what follows them is padding, which counts
   *     but is never added
   * @param length positions of the canvas
   */
  void addTo(BitSet query, float[] importance, int length) {
    int[] others = complement(query, length);
    float[] weights = new float[others.length];
    float total = LEAST;
    for (int i = length; i < importance.length; i++) {
      total += importance[i];
    }
    for (int i = 0; i < others.length; i++) {
      weights[i] = importance[others[i]];
      total += weights[i];
    }
    var ranking = new Ranking(weights);
    float sum = 0;
    for (int rank = 0; rank < ranking.size(); rank++) {
      float before = sum;
      sum += weights[ranking.at(rank)] / total;
      if (rank > 0 && !goesAlong(before, sum)) {
        break;
      }
      query.set(others[ranking.at(rank)]);
    }
  }

  /** The code takes what does not exceed the share; the paper what it needs to reach it. */
  private boolean goesAlong(float before, float after) {
    return switch (policy.mode()) {
      case COMPATIBLE -> after <= (float) policy.rolloutP();
      case PAPER -> before < (float) policy.rolloutP();
    };
  }

  private static int[] complement(BitSet query, int length) {
    var others = new BitSet(length);
    others.set(0, length);
    others.andNot(query);
    return others.stream().toArray();
  }
}
