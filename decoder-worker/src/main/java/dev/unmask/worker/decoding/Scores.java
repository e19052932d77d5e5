package dev.unmask.worker.decoding;

import static dev.unmask.worker.sampling.Noise.Purpose.CONFIDENCE;

import dev.unmask.worker.canvas.Canvas;
import dev.unmask.worker.method.Method;
import dev.unmask.worker.method.ModelTraits;
import dev.unmask.worker.rows.Predictions;
import dev.unmask.worker.sampling.Noise;
import dev.unmask.worker.scoring.CertaintyPrior;
import dev.unmask.worker.scoring.Confidence;
import dev.unmask.worker.scoring.TokenFrequencies;
import dev.unmask.worker.unmask.PcSampler;
import java.util.Optional;

/** Turns what a model says into confidences, and confidences into scores. */
final class Scores {
  private final Confidence confidence;
  private final Optional<CertaintyPrior> prior;
  private final Optional<TokenFrequencies> frequencies;
  private final double clip;

  Scores(Method method, ModelTraits traits) {
    confidence = method.scoring().confidence();
    prior =
        method.scoring().priorSigma().stream()
            .mapToObj(sigma -> new CertaintyPrior(sigma, method.generationLength()))
            .findAny();
    boolean debias = method.unmask() instanceof PcSampler sampler && sampler.debias();
    frequencies = traits.frequencies().filter(_ -> debias);
    clip = method.unmask() instanceof PcSampler sampler ? sampler.clipAlpha() : 0;
  }

  /** Confidences at positions: the model's, a random number's, or calibrated by a corpus. */
  float[] confidences(Predictions predictions, int[] positions, Noise noise) {
    float[] confidences = predictions.confidences().clone();
    for (int i = 0; i < confidences.length; i++) {
      if (confidence == Confidence.RANDOM) {
        confidences[i] = (float) noise.uniform(CONFIDENCE, positions[i]);
      }
      if (frequencies.isPresent()) {
        int token = predictions.tokens()[i];
        confidences[i] = frequencies.get().calibrated(confidences[i], token, clip);
      }
    }
    return confidences;
  }

  /** Scores of positions, given the canvas before anything of this step is committed. */
  float[] of(float[] confidences, int[] positions, Canvas canvas) {
    if (prior.isEmpty()) {
      return confidences;
    }
    boolean[] known = canvas.known();
    float[] scores = new float[confidences.length];
    for (int i = 0; i < scores.length; i++) {
      int position = positions[i] - canvas.promptLength();
      scores[i] = confidences[i] * prior.get().density(known, position);
    }
    return scores;
  }
}
