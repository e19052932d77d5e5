package dev.unmask.worker.scoring;

import java.util.Arrays;
import java.util.Map;

/**
 * How often tokens occur in a corpus, to weigh down what is common. Source: PC-Sampler (Huang et
 * al. 2025), content-aware confidence calibration, as in d2Cache. Immutable; safe to share.
 */
public final class TokenFrequencies {
  /** Keeps the logarithm finite, as in d2Cache. */
  private static final double LEAST = 1e-10;

  private final float[] frequencies;

  private TokenFrequencies(float[] frequencies) {
    this.frequencies = frequencies;
  }

  /**
   * Frequencies of a corpus; a token it lacks counts as if it occurred once.
   *
   * @param counts of each token id that occurs
   * @param total tokens of the corpus
   * @param vocabulary number of token ids
   * @throws IllegalArgumentException for ids outside the vocabulary, or counts outside the total
   */
  public static TokenFrequencies of(Map<Integer, Long> counts, long total, int vocabulary) {
    if (total < 1 || vocabulary < 1) {
      throw new IllegalArgumentException("an empty corpus");
    }
    float[] frequencies = new float[vocabulary];
    Arrays.fill(frequencies, (float) (1.0 / total));
    counts.forEach((token, count) -> {
      if (token < 0 || token >= vocabulary || count < 0 || count > total) {
        throw new IllegalArgumentException("token %d with count %d".formatted(token, count));
      }
      frequencies[token] = (float) ((double) count / total);
    });
    return new TokenFrequencies(frequencies);
  }

  /**
   * What a probability counts for: its surprise in the corpus, at most a bound.
   *
   * @param probability of the token
   * @param token its id
   * @param most nats a score can reach
   */
  public float calibrated(float probability, int token, double most) {
    double surprise = -Math.log(frequencies[token] + LEAST);
    return (float) Math.min(probability * surprise, most);
  }
}
