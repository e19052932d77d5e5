package dev.unmask.gateway.admission.gate;

/** How long a request stays at the workers, as a moving mean. Guarded by its gate's lock. */
final class HoldTime {
  private static final double NEW_SHARE = 0.1;

  private double mean;

  /** Unit: nanoseconds. */
  void add(long held) {
    mean = mean == 0 ? held : mean + NEW_SHARE * (held - mean);
  }

  /** Unit: nanoseconds; 0 before the first. */
  double mean() {
    return mean;
  }
}
