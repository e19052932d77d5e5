package dev.unmask.worker.scoring;

import java.util.Arrays;

/**
 * Candidates from best to worst: the higher score first, of equal scores the lower index (the set
 * torch picks on a GPU; its CPU breaks ties otherwise, see docs/methods.md).
 */
public final class Ranking {
  private final int[] order;

  /** Ranks candidates by their scores. */
  public Ranking(float[] scores) {
    long[] keys = new long[scores.length];
    for (int i = 0; i < scores.length; i++) {
      keys[i] = (long) ~rising(scores[i]) << 32 | i;
    }
    Arrays.sort(keys);
    order = Arrays.stream(keys).mapToInt(key -> (int) key).toArray();
  }

  /** An int that rises with the score; both zeros are one, NaN is below everything. */
  private static int rising(float score) {
    if (Float.isNaN(score)) {
      return Integer.MIN_VALUE;
    }
    int bits = Float.floatToIntBits(score + 0f);
    return bits < 0 ? bits ^ Integer.MAX_VALUE : bits;
  }

  /** Candidates. */
  public int size() {
    return order.length;
  }

  /** Index of the candidate at a rank; rank 0 is the best. */
  public int at(int rank) {
    return order[rank];
  }

  /** The best candidates, at most {@code count}, by rising index. */
  public int[] best(int count) {
    int[] best = Arrays.copyOf(order, Math.min(count, order.length));
    Arrays.sort(best);
    return best;
  }
}
