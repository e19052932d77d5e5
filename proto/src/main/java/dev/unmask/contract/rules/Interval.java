package dev.unmask.contract.rules;

/**
 * A range of numbers as the contract writes it, e.g. {@code (0, 1]}. NaN is in no interval.
 *
 * @param low lower end
 * @param lowOpen whether the lower end itself is out
 * @param high upper end
 * @param highOpen whether the upper end itself is out
 */
record Interval(double low, boolean lowOpen, double high, boolean highOpen) {
  private static final double EXACT = 1L << 53;

  static Interval closed(double low, double high) {
    return new Interval(low, false, high, false);
  }

  static Interval open(double low, double high) {
    return new Interval(low, true, high, true);
  }

  static Interval leftOpen(double low, double high) {
    return new Interval(low, true, high, false);
  }

  boolean contains(double value) {
    return (lowOpen ? value > low : value >= low) && (highOpen ? value < high : value <= high);
  }

  /** A number as a person writes it: whole ones without a point. */
  static String show(double value) {
    return Math.rint(value) == value && Math.abs(value) < EXACT
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  @Override
  public String toString() {
    return (lowOpen ? "(" : "[") + show(low) + ", " + show(high) + (highOpen ? ")" : "]");
  }
}
