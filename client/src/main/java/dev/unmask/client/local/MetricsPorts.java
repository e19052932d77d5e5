package dev.unmask.client.local;

/**
 * Where workers and cache-services serve their metrics on this machine.
 *
 * @param first workers have the ports after it, cache-services those after {@value #APART} more; 0:
 *     any free ones
 */
public record MetricsPorts(int first) {
  /** {@link #first} unless told otherwise. */
  public static final int USUAL = 7310;

  /** So many of each are looked for where nobody said where they are. */
  public static final int LOOKED_FOR = 8;

  private static final int APART = 40;
  private static final int MOST = 65_535 - 2 * APART;

  public MetricsPorts {
    if (first < 0 || first > MOST) {
      throw new IllegalArgumentException("--metrics must be a port, 0 to " + MOST);
    }
  }

  /** Those that {@code unmask top} looks at. */
  public static MetricsPorts usual() {
    return new MetricsPorts(USUAL);
  }

  /** Of a worker, from 1. */
  public int worker(int number) {
    return first == 0 ? 0 : first + number;
  }

  /** Of a cache-service, from 1. */
  public int cache(int number) {
    return first == 0 ? 0 : first + APART + number;
  }
}
