package dev.unmask.bench.eviction;

/**
 * What a store saved.
 *
 * @param states share of the requests
 * @param bytes share of the bytes asked for
 * @param cost share of the time that computing everything takes
 */
record HitRate(double states, double bytes, double cost) {
  /** Adds up requests. */
  static final class Sum {
    private final double[] hits = new double[3];
    private final double[] all = new double[3];

    void add(Access access, boolean hit) {
      double[] values = {1, access.bytes(), access.costMicros()};
      for (int i = 0; i < values.length; i++) {
        all[i] += values[i];
        hits[i] += hit ? values[i] : 0;
      }
    }

    HitRate rate() {
      return new HitRate(hits[0] / all[0], hits[1] / all[1], hits[2] / all[2]);
    }
  }
}
