package dev.unmask.worker.replay;

import dev.unmask.worker.rows.Denoiser;
import dev.unmask.worker.rows.Predictions;
import dev.unmask.worker.rows.Step;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * One row of a batch that was padded on its left, for a decoding that knows nothing of padding. The
 * padding is computed by the first step only; what was attended from it follows the canvas in the
 * rollout.
 *
 * @param padded with more positions, at the left
 * @param tokens of them
 */
record PaddedDenoiser(Denoiser padded, int[] tokens) implements Denoiser {
  @Override
  public Predictions step(Step step) {
    boolean first = step.number() == 0;
    int[] rows = moved(step.rows());
    var predictions =
        padded.step(
            new Step(
                step.number(),
                first ? concat(IntStream.range(0, tokens.length).toArray(), rows) : rows,
                first ? concat(tokens, step.tokens()) : step.tokens(),
                step.mechanism(),
                moved(step.scored()),
                step.verified(),
                step.wanted(),
                step.unconditional()));
    return predictions.with(predictions.verified(), rotated(predictions.importance()));
  }

  private int[] moved(int[] rows) {
    return Arrays.stream(rows).map(row -> row + tokens.length).toArray();
  }

  private static int[] concat(int[] first, int[] second) {
    return IntStream.concat(Arrays.stream(first), Arrays.stream(second)).toArray();
  }

  private float[] rotated(float[] importance) {
    int padding = tokens.length;
    float[] rotated = Arrays.copyOfRange(importance, padding, importance.length + padding);
    System.arraycopy(importance, 0, rotated, importance.length - padding, padding);
    return rotated;
  }
}
