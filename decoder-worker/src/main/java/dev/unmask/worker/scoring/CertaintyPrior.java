package dev.unmask.worker.scoring;

/**
 * A score transform that prefers masks near known tokens: scores are multiplied by the density of
 * known positions around them, a Gaussian of width sigma over the generated part. Everything left
 * of the generated part counts as known, everything right of it as its last position.
 *
 * <pre>
 *   known      # # # . . . . # . . .
 *   density    high  ->   low  up  low
 * </pre>
 *
 * <p>Source: d2Cache section 3.3, normalised as its code does. Holds the kernel of one generation
 * length; safe to share.
 */
public final class CertaintyPrior {
  private final double[] kernel;
  private final double[] tails;
  private final double total;
  private final int length;

  /**
   * Prepares the kernel.
   *
   * @param sigma width in positions, above 0
   * @param length of the generated part
   */
  public CertaintyPrior(double sigma, int length) {
    if (!(sigma > 0) || length < 1) {
      throw new IllegalArgumentException("no prior: sigma " + sigma + ", length " + length);
    }
    this.length = length;
    kernel = new double[3 * length + 1];
    for (int d = 0; d < kernel.length; d++) {
      kernel[d] = Math.exp(-((double) d * d) / (2 * sigma * sigma));
    }
    tails = new double[kernel.length + 1];
    for (int d = kernel.length - 1; d >= 0; d--) {
      tails[d] = tails[d + 1] + kernel[d];
    }
    // The original sums over the distances -3L to 3L - 1.
    total = tails[0] + tails[1] - kernel[kernel.length - 1];
  }

  /**
   * Density of known tokens around one position.
   *
   * @param known generated positions that are known before this step
   * @param position in the generated part, from 0
   */
  public float density(boolean[] known, int position) {
    double sum = between(position + 1, position + length);
    for (int j = 0; j < length; j++) {
      sum += known[j] ? kernel[Math.abs(position - j)] : 0;
    }
    if (known[length - 1]) {
      sum += between(length - position, 2 * length - 1 - position);
    }
    return (float) (sum / total);
  }

  /** Sum of the kernel over distances, both ends included. */
  private double between(int first, int last) {
    return tails[first] - tails[last + 1];
  }
}
