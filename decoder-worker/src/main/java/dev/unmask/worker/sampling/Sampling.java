package dev.unmask.worker.sampling;

/**
 * How tokens are drawn. The noise of a draw is a function of seed, step, position and token alone,
 * so the same seed gives the same tokens in any company.
 *
 * @param temperature 0: the most probable token; otherwise logits are divided by it. Range 0 to 10
 * @param topP keeps the fewest most probable tokens whose probabilities reach this sum; 1: all
 * @param topK keeps the k most probable tokens; 0: all
 * @param seed of the noise
 */
public record Sampling(double temperature, double topP, int topK, long seed) {
  /** The most probable token of the whole vocabulary. */
  public static final Sampling GREEDY = new Sampling(0, 1, 0, 0);
}
