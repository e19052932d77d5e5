package dev.unmask.client.load.drive;

import java.util.random.RandomGenerator;

/**
 * When requests of many clients that know nothing of each other arrive: a Poisson process, its gaps
 * drawn from an exponential distribution. For one thread.
 */
final class Arrivals {
  private static final double NANOS = 1e9;

  private final double rate;
  private final RandomGenerator random;
  private double seconds;

  /**
   * Arrivals from now on.
   *
   * @param rate requests a second, on average
   */
  Arrivals(double rate, RandomGenerator random) {
    this.rate = rate;
    this.random = random;
  }

  /** The next one, in nanoseconds since the beginning. */
  long next() {
    seconds += random.nextExponential() / rate;
    return Math.round(seconds * NANOS);
  }
}
