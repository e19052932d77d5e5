package dev.unmask.worker.reference;

import dev.unmask.worker.rows.Denoiser;
import dev.unmask.worker.rows.Mechanism;
import dev.unmask.worker.rows.Predictions;
import dev.unmask.worker.rows.Step;
import java.util.Arrays;

/** One request on the reference model. */
final class PlainState implements Denoiser {
  private final PlainModel model;
  private final PlainForwards forwards;
  private final PlainHead head;

  PlainState(PlainModel model, PlainForwards forwards) {
    this.model = model;
    this.forwards = forwards;
    head = new PlainHead(model.traits().maskToken());
  }

  @Override
  public Predictions step(Step step) {
    float[][] hidden = forwards.run(step.rows(), step.tokens(), step.mechanism());
    return head.predict(step, row -> model.logits(hidden[Arrays.binarySearch(step.rows(), row)]))
        .with(verified(step, hidden), forwards.importance())
        .with(forwards.rowsComputed());
  }

  /** Probability of present tokens, as the row that speaks for them sees it from the shadow. */
  private float[] verified(Step step, float[][] hidden) {
    float[] verified = new float[step.verified().length];
    for (int i = 0; i < verified.length; i++) {
      int position = step.verified()[i];
      int start = ((Mechanism.Shadow) step.mechanism()).start();
      int row = step.rows().length + position - start - model.traits().predictionShift();
      verified[i] =
          (float) PlainDistribution.softmax(model.logits(hidden[row]))[step.tokens()[position]];
    }
    return verified;
  }

  @Override
  public int[][] chosen() {
    return forwards.chosen();
  }
}
