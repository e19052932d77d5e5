package dev.unmask.worker.replay;

import dev.unmask.worker.caching.D2Cache;
import dev.unmask.worker.rows.Predictions;
import dev.unmask.worker.rows.Step;
import dev.unmask.worker.scoring.CertaintyPrior;
import dev.unmask.worker.scoring.Ranking;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Which positions d2Cache's batches add to a row that computes fewer than the batch's largest: of
 * the response those of the highest density and rollout, then the most attended of the prompt.
 */
final class TopUp {
  private final int promptLength;
  private final CertaintyPrior density;
  private final float[] confidences;
  private float[] importance = {};
  private float[] scores = {};
  private int[] preferred = {};

  TopUp(D2Cache cache, int promptLength, int generationLength) {
    this.promptLength = promptLength;
    density = new CertaintyPrior(cache.sigma(), generationLength);
    confidences = new float[generationLength];
  }

  /**
   * Takes a step that was made.
   *
   * @param eligible canvas positions that could have been committed
   * @param known generated positions that are known now
   * @param shift of predictions
   */
  void observe(Step step, Predictions predictions, int[] eligible, boolean[] known, int shift) {
    for (int i = 0; step.number() == 0 && i < step.scored().length; i++) {
      confidences[step.scored()[i] + shift - promptLength] = predictions.confidences()[i];
    }
    importance = predictions.importance();
    scores = new float[known.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = confidences[i] * density.density(known, i);
    }
    preferred = eligible;
  }

  /** The largest score of the last step. */
  float largest() {
    float largest = Float.NEGATIVE_INFINITY;
    for (float score : scores) {
      largest = Math.max(largest, score);
    }
    return largest;
  }

  /** Lifts what could be committed in the last step by the largest score of the whole batch. */
  void lift(float largest) {
    for (int position : preferred) {
      scores[position - promptLength] += largest;
    }
  }

  /** Positions to add to some rows until they are so many. */
  int[] positions(int[] rows, int target) {
    int[] others =
        IntStream.range(0, promptLength + scores.length)
            .filter(position -> Arrays.binarySearch(rows, position) < 0)
            .toArray();
    float most = 0;
    for (int position : others) {
      most = Math.max(most, importance[position]);
    }
    float[] worth = new float[others.length];
    for (int i = 0; i < worth.length; i++) {
      int response = others[i] - promptLength;
      worth[i] = importance[others[i]] + (response < 0 ? 0 : most + scores[response]);
    }
    int[] best = new Ranking(worth).best(Math.max(0, target - rows.length));
    return Arrays.stream(best).map(index -> others[index]).toArray();
  }
}
