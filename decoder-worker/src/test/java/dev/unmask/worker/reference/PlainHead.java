package dev.unmask.worker.reference;

import dev.unmask.worker.rows.Predictions;
import dev.unmask.worker.rows.Step;
import dev.unmask.worker.unmask.Probe;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;

/** What logits predict for one request, with the distributions of the step before. */
final class PlainHead {
  private final int mask;
  private final Map<Integer, double[]> past = new HashMap<>();

  PlainHead(int mask) {
    this.mask = mask;
  }

  /** Predictions of the scored rows, given the logits of a row. */
  Predictions predict(Step step, IntFunction<float[]> logits) {
    int[] scored = step.scored();
    boolean probes = !(step.wanted().probe() instanceof Probe.None);
    int[] tokens = new int[scored.length];
    float[] confidences = new float[scored.length];
    float[] probed = new float[probes ? scored.length : 0];
    for (int i = 0; i < scored.length; i++) {
      var row = new PlainDistribution(logits.apply(scored[i]), step.wanted(), mask);
      tokens[i] = row.best();
      confidences[i] = (float) row.confidence();
      if (probes) {
        probed[i] = (float) probe(step.wanted().probe(), scored[i], row);
      }
    }
    return new Predictions(tokens, confidences, probed, new float[0], new float[0], 0);
  }

  private double probe(Probe probe, int row, PlainDistribution distribution) {
    return switch (probe) {
      case Probe.None _ -> throw new IllegalArgumentException("nothing is probed");
      case Probe.Entropy _ -> distribution.entropy();
      case Probe.Divergence _ -> {
        double[] shares = distribution.probabilities();
        double[] before = past.getOrDefault(row, new double[shares.length]);
        past.put(row, shares);
        yield distribution.divergence(before);
      }
    };
  }
}
