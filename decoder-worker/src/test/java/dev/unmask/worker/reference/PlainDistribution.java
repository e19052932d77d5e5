package dev.unmask.worker.reference;

import dev.unmask.worker.sampling.Sampling;
import dev.unmask.worker.scoring.Confidence;
import java.util.Comparator;
import java.util.stream.IntStream;

/** The filtered distribution of one row, at temperature 0. */
final class PlainDistribution {
  private final double[] probabilities;
  private final int[] order;

  PlainDistribution(float[] logits, Sampling sampling) {
    if (sampling.temperature() != 0) {
      throw new IllegalArgumentException("the reference model is greedy");
    }
    order =
        IntStream.range(0, logits.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> -logits[i]))
            .mapToInt(i -> i)
            .toArray();
    probabilities = softmax(logits, order, order.length);
    int kept = kept(sampling);
    if (kept < order.length) {
      System.arraycopy(softmax(logits, order, kept), 0, probabilities, 0, order.length);
    }
  }

  /** Tokens that stay: the best k, and of all the fewest whose sum reaches p. */
  private int kept(Sampling sampling) {
    int kept = sampling.topK() == 0 ? order.length : Math.min(sampling.topK(), order.length);
    double before = 0;
    int nucleus = 0;
    while (nucleus < order.length && (nucleus == 0 || before <= sampling.topP())) {
      before += probabilities[order[nucleus++]];
    }
    return Math.min(kept, nucleus);
  }

  int best() {
    return order[0];
  }

  double confidence(Confidence kind) {
    return switch (kind) {
      case MAX_PROBABILITY -> probabilities[order[0]];
      case MARGIN -> probabilities[order[0]] - probabilities[order[1]];
      case NEGATIVE_ENTROPY ->
          IntStream.range(0, probabilities.length)
              .mapToDouble(i -> probabilities[i] * Math.log(probabilities[i] + 1e-10))
              .sum();
    };
  }

  private static double[] softmax(float[] logits, int[] order, int kept) {
    double[] result = new double[logits.length];
    double sum = 0;
    for (int i = 0; i < kept; i++) {
      result[order[i]] = Math.exp((double) logits[order[i]] - logits[order[0]]);
      sum += result[order[i]];
    }
    for (int i = 0; i < kept; i++) {
      result[order[i]] /= sum;
    }
    return result;
  }
}
