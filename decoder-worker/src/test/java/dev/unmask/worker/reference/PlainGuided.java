package dev.unmask.worker.reference;

import dev.unmask.worker.rows.Denoiser;
import dev.unmask.worker.rows.Predictions;
import dev.unmask.worker.rows.Step;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * One request under guidance: logits are moved by a scale times what the prompt changes in them,
 * which a step that leaves out the half without the prompt takes from the step before.
 */
final class PlainGuided implements Denoiser {
  private final PlainModel model;
  private final int promptLength;
  private final double scale;
  private final PlainForwards conditional;
  private final PlainForwards unconditional;
  private final PlainHead head;
  private final Map<Integer, float[]> differences = new HashMap<>();

  PlainGuided(PlainModel model, int promptLength, int length, double scale) {
    this.model = model;
    this.promptLength = promptLength;
    this.scale = scale;
    conditional = new PlainForwards(model, length, 0);
    unconditional = new PlainForwards(model, length, 0);
    head = new PlainHead(model.traits().maskToken());
  }

  @Override
  public Predictions step(Step step) {
    var logits = logits(step.rows(), conditional.run(step.rows(), step.tokens(), step.mechanism()));
    int computed = conditional.rowsComputed();
    if (step.unconditional().isPresent()) {
      var without =
          logits(
              step.rows(),
              unconditional.run(step.rows(), masked(step), step.unconditional().get()));
      logits.forEach((row, own) -> differences.put(row, minus(own, without.get(row))));
      computed += unconditional.rowsComputed();
    }
    return head.predict(step, row -> moved(logits.get(row), differences.get(row))).with(computed);
  }

  private Map<Integer, float[]> logits(int[] rows, float[][] hidden) {
    var logits = new HashMap<Integer, float[]>();
    for (int i = 0; i < rows.length; i++) {
      logits.put(rows[i], model.logits(hidden[i]));
    }
    return logits;
  }

  private int[] masked(Step step) {
    return IntStream.range(0, step.rows().length)
        .map(i -> step.rows()[i] < promptLength ? model.traits().maskToken() : step.tokens()[i])
        .toArray();
  }

  private static float[] minus(float[] x, float[] y) {
    float[] difference = x.clone();
    for (int i = 0; i < y.length; i++) {
      difference[i] -= y[i];
    }
    return difference;
  }

  private float[] moved(float[] logits, float[] difference) {
    float[] moved = logits.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += (float) (scale * difference[i]);
    }
    return moved;
  }

  @Override
  public int[][] chosen() {
    return conditional.chosen();
  }
}
