package dev.unmask.bench.eviction;

import java.util.random.RandomGenerator;

/** How long prompts are, and what their states take and cost: LLaDA-8B on one H200. */
final class Prompts {
  /** Keys and values of 32 layers, bfloat16. */
  private static final long BYTES_A_TOKEN = 512 << 10;

  private static final int GENERATED = 128;
  private static final int SHORTEST = 64;
  private static final int LONGEST = 8192;
  private static final double MEDIAN = 600;
  private static final double SPREAD = 0.9;

  private Prompts() {}

  /** A length in tokens, log-normal. */
  static int tokens(RandomGenerator random) {
    double tokens = MEDIAN * Math.exp(SPREAD * random.nextGaussian());
    return (int) Math.clamp(tokens, SHORTEST, LONGEST);
  }

  /** A request for the state of a prompt. A full forward: 25 us a row, and attention on top. */
  static Access access(String state, int tokens, String namespace) {
    long rows = (long) tokens + GENERATED;
    return new Access(state, rows * BYTES_A_TOKEN, 25 * rows + rows * rows / 2000, namespace);
  }
}
