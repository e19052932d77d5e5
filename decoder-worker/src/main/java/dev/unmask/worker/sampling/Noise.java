package dev.unmask.worker.sampling;

/**
 * Random numbers that are a function of seed, step, position and purpose alone, so that the same
 * seed draws the same in any company and after any resumption. Immutable; safe to share.
 *
 * @param seed of the request
 * @param step of the request, from 0
 */
public record Noise(long seed, int step) {
  private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

  /** What a number is drawn for; numbers of different purposes are independent. */
  public enum Purpose {
    /** A score, under a random confidence. */
    CONFIDENCE(1),
    /** Whether a position is committed. */
    COMMIT(2);

    private final long number;

    Purpose(long number) {
      this.number = number;
    }
  }

  /** A number drawn evenly from (0, 1), never an end. */
  public double uniform(Purpose purpose, int position) {
    long word = scramble(seed + GOLDEN_RATIO * (position + 1));
    word = scramble(word + GOLDEN_RATIO * step);
    word = scramble(word + GOLDEN_RATIO * purpose.number);
    return ((word >>> 12) + 0.5) * 0x1.0p-52;
  }

  /** A standard Gumbel number: the position with the largest score + Gumbel is a softmax draw. */
  public double gumbel(Purpose purpose, int position) {
    return -Math.log(-Math.log(uniform(purpose, position)));
  }

  /** The finalizer of SplitMix64. */
  private static long scramble(long word) {
    long x = (word ^ (word >>> 30)) * 0xBF58476D1CE4E5B9L;
    x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
    return x ^ (x >>> 31);
  }
}
