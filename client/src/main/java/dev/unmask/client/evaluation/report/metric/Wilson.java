package dev.unmask.client.evaluation.report.metric;

/**
 * Where a rate probably lies: Wilson's score interval of 95 percent. Unlike the usual interval it
 * stays between 0 and 1 and is honest for few questions and for rates near either end.
 *
 * @param low lower end
 * @param high upper end
 */
public record Wilson(double low, double high) {
  /** Two-sided 95 percent quantile of the normal distribution. */
  private static final double Z = 1.959963984540054;

  /**
   * The interval of {@code successes} in {@code trials}; all of 0 to 1 when there were no trials.
   */
  public static Wilson of(int successes, int trials) {
    if (trials == 0) {
      return new Wilson(0, 1);
    }
    double n = trials;
    double rate = successes / n;
    double scale = 1 + Z * Z / n;
    double centre = (rate + Z * Z / (2 * n)) / scale;
    double half = Z * Math.sqrt(rate * (1 - rate) / n + Z * Z / (4 * n * n)) / scale;
    return new Wilson(Math.max(0, centre - half), Math.min(1, centre + half));
  }
}
