package dev.unmask.worker.engine;

import dev.unmask.worker.sampling.Sampling;
import dev.unmask.worker.scoring.Confidence;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Dream's filters in plain double arithmetic, one row at a time. */
final class PlainSampling {
  private PlainSampling() {}

  static double[] share(float[] logits, Sampling sampling) {
    double scale = sampling.temperature() > 0 ? sampling.temperature() : 1;
    double[] scaled =
        IntStream.range(0, logits.length).mapToDouble(i -> logits[i] / scale).toArray();
    Integer[] order =
        IntStream.range(0, logits.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -scaled[i]))
            .toArray(Integer[]::new);
    double[] all = softmax(scaled);
    double[] kept = new double[logits.length];
    Arrays.fill(kept, Double.NEGATIVE_INFINITY);
    int most = sampling.topK() == 0 ? logits.length : sampling.topK();
    double before = 0;
    for (int rank = 0; rank < most && (rank == 0 || before <= sampling.topP()); rank++) {
      kept[order[rank]] = scaled[order[rank]];
      before += all[order[rank]];
    }
    return softmax(kept);
  }

  static int best(double[] share) {
    return IntStream.range(0, share.length)
        .reduce(0, (best, i) -> share[i] > share[best] ? i : best);
  }

  static double confidence(double[] share, int token, Confidence kind) {
    double[] sorted = Arrays.stream(share).sorted().toArray();
    return switch (kind) {
      case MAX_PROBABILITY -> share[token];
      case MARGIN -> sorted[sorted.length - 1] - sorted[sorted.length - 2];
      case NEGATIVE_ENTROPY -> Arrays.stream(share).map(p -> p * Math.log(p + 1e-10)).sum();
      case RANDOM -> throw new IllegalArgumentException("a random confidence needs no model");
    };
  }

  private static double[] softmax(double[] logits) {
    double most = Arrays.stream(logits).max().orElseThrow();
    double[] powers = Arrays.stream(logits).map(x -> Math.exp(x - most)).toArray();
    double sum = Arrays.stream(powers).sum();
    return Arrays.stream(powers).map(x -> x / sum).toArray();
  }
}
