package dev.unmask.worker.rows;

/**
 * What a step's rows predict.
 *
 * @param tokens chosen token of each scored row
 * @param confidences of each scored row, of the distribution after temperature and filters
 * @param probed what the probe says of each scored row; empty without a probe
 * @param verified probability of each verified position's token
 * @param importance attention rollout over the canvas; empty unless the mechanism asks for it
 * @param rowsComputed rows the device really computed; 0 when a stored forward answered; of rows
 *     computed in some layers only, the mean over the layers
 */
public record Predictions(
    int[] tokens,
    float[] confidences,
    float[] probed,
    float[] verified,
    float[] importance,
    int rowsComputed) {
  private static final float[] NONE = {};

  /** Tokens and confidences alone. */
  public static Predictions of(int[] tokens, float[] confidences, int rowsComputed) {
    return new Predictions(tokens, confidences, NONE, NONE, NONE, rowsComputed);
  }

  /** The same with another count of rows. */
  public Predictions with(int rows) {
    return new Predictions(tokens, confidences, probed, verified, importance, rows);
  }

  /** The same with what verified positions and the rollout say. */
  public Predictions with(float[] probabilities, float[] rollout) {
    return new Predictions(tokens, confidences, probed, probabilities, rollout, rowsComputed);
  }
}
