package dev.unmask.bench.agreement;

import dev.unmask.worker.rows.Denoiser;
import dev.unmask.worker.rows.Predictions;
import dev.unmask.worker.rows.Step;

/**
 * Two models asked for the same steps; the first one's answers count, so that the second is judged
 * on every step and not only until the canvases part.
 */
final class Comparison implements Denoiser {
  private final Denoiser reference;
  private final Denoiser tested;
  private final Agreement agreement;

  Comparison(Denoiser reference, Denoiser tested, Agreement agreement) {
    this.reference = reference;
    this.tested = tested;
    this.agreement = agreement;
  }

  @Override
  public Predictions step(Step step) {
    var expected = reference.step(step);
    var found = tested.step(step);
    for (int i = 0; i < expected.tokens().length; i++) {
      agreement.predicted(
          expected.tokens()[i] == found.tokens()[i],
          Math.abs(expected.confidences()[i] - found.confidences()[i]));
    }
    return expected;
  }
}
