package dev.unmask.bench.eviction;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Draws ranks from 0 with probabilities proportional to 1 / (rank + 1)^skew. */
public final class Zipf {
  private final double[] cumulated;

  /** Of so many ranks, at least 1. */
  public Zipf(int ranks, double skew) {
    cumulated = new double[ranks];
    double sum = 0;
    for (int rank = 0; rank < ranks; rank++) {
      sum += Math.pow(rank + 1, -skew);
      cumulated[rank] = sum;
    }
  }

  public int draw(RandomGenerator random) {
    double at = random.nextDouble() * cumulated[cumulated.length - 1];
    int found = Arrays.binarySearch(cumulated, at);
    return Math.min(found < 0 ? -found - 1 : found, cumulated.length - 1);
  }
}
