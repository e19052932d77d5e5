package dev.unmask.bench.observability;

import java.util.List;

/**
 * What one series draws.
 *
 * @param points of it; what is not a number is drawn as a gap and is not among them
 */
record Curve(List<Double> points) {
  Curve {
    points = points.stream().filter(point -> !point.isNaN()).toList();
  }

  /** Whether there is anything to see. */
  boolean isDrawn() {
    return !points.isEmpty();
  }

  /** Whether it is something else than a level line. */
  boolean moves() {
    return points.stream().distinct().count() > 1;
  }
}
