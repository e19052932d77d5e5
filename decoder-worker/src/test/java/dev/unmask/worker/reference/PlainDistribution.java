package dev.unmask.worker.reference;

import dev.unmask.worker.rows.Wanted;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** The filtered distribution of one row, at temperature 0. */
final class PlainDistribution {
  private final float[] logits;
  private final Wanted wanted;
  private final int mask;
  private final double[] probabilities;

  PlainDistribution(float[] raw, Wanted wanted, int mask) {
    if (wanted.sampling().temperature() != 0) {
      throw new IllegalArgumentException("the reference model is greedy");
    }
    this.wanted = wanted;
    this.mask = mask;
    logits = filtered(without(raw, wanted.barred()));
    probabilities = softmax(logits);
  }

  private static float[] without(float[] logits, int[] tokens) {
    float[] left = logits.clone();
    for (int token : tokens) {
      left[token] = Float.NEGATIVE_INFINITY;
    }
    return left;
  }

  /** The best k, and of all the fewest whose sum reaches p; minus infinity for the others. */
  private float[] filtered(float[] all) {
    var sampling = wanted.sampling();
    if (sampling.topK() == 0 && sampling.topP() == 1) {
      return all;
    }
    double[] shares = softmax(all);
    int[] order =
        IntStream.range(0, all.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> -all[i]))
            .mapToInt(i -> i)
            .toArray();
    float[] kept = new float[all.length];
    Arrays.fill(kept, Float.NEGATIVE_INFINITY);
    int most = sampling.topK() == 0 ? all.length : Math.min(sampling.topK(), all.length);
    double before = 0;
    for (int rank = 0; rank < most && (rank == 0 || before <= sampling.topP()); rank++) {
      kept[order[rank]] = all[order[rank]];
      before += shares[order[rank]];
    }
    return kept;
  }

  /** The most probable token that is not the mask. */
  int best() {
    int best = mask == 0 ? 1 : 0;
    for (int token = 0; token < logits.length; token++) {
      best = token != mask && logits[token] > logits[best] ? token : best;
    }
    return best;
  }

  double confidence() {
    double[] trusted = softmax(without(logits, wanted.doubted()));
    return switch (wanted.confidence()) {
      case MAX_PROBABILITY -> trusted[best()];
      case MARGIN -> margin(trusted);
      case NEGATIVE_ENTROPY -> Arrays.stream(trusted).map(p -> p * Math.log(p + 1e-10)).sum();
      case RANDOM -> throw new IllegalArgumentException("a random confidence needs no model");
    };
  }

  private static double margin(double[] shares) {
    double[] sorted = Arrays.stream(shares).sorted().toArray();
    return sorted[sorted.length - 1] - sorted[sorted.length - 2];
  }

  /** Entropy in nats. */
  double entropy() {
    return -Arrays.stream(probabilities).filter(p -> p > 0).map(p -> p * Math.log(p)).sum();
  }

  /** Kullback-Leibler divergence of this from another distribution. */
  double divergence(double[] before) {
    return IntStream.range(0, before.length)
        .mapToDouble(i ->
            probabilities[i] * (Math.log(probabilities[i] + 1e-12) - Math.log(before[i] + 1e-12)))
        .sum();
  }

  double[] probabilities() {
    return probabilities;
  }

  static double[] softmax(float[] logits) {
    double max = Double.NEGATIVE_INFINITY;
    for (float logit : logits) {
      max = Math.max(max, logit);
    }
    double[] shares = new double[logits.length];
    double sum = 0;
    for (int i = 0; i < shares.length; i++) {
      shares[i] = Math.exp(logits[i] - max);
      sum += shares[i];
    }
    for (int i = 0; i < shares.length; i++) {
      shares[i] /= sum;
    }
    return shares;
  }
}
