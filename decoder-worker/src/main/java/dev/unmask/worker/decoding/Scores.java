package dev.unmask.worker.decoding;

import dev.unmask.worker.canvas.Canvas;
import dev.unmask.worker.unmask.CertaintyPrior;
import java.util.Optional;

/** Turns confidences into scores: as they are, or weighted by the certainty prior. */
final class Scores {
  private final Optional<CertaintyPrior> prior;

  Scores(Method method) {
    prior =
        method.priorSigma().stream()
            .mapToObj(sigma -> new CertaintyPrior(sigma, method.generationLength()))
            .findAny();
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
