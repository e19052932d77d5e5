package dev.unmask.worker.pages.choice;

import java.time.Duration;
import java.util.Optional;

/**
 * How long a unit of something takes: a mean in which each new measurement weighs by its size, and
 * all older ones fade. Used by one thread at a time.
 */
final class Rate {
  /** What is left of the older measurements' weight: the latest eight or so decide. */
  private static final double KEPT = 0.875;

  private double units;
  private double nanos;

  /** Adds a measurement of some units; at least one. */
  void measured(long size, Duration took) {
    units = units * KEPT + size;
    nanos = nanos * KEPT + took.toNanos();
  }

  /** What some units take; empty before the first measurement. */
  Optional<Duration> estimate(long size) {
    return units == 0
        ? Optional.empty()
        : Optional.of(Duration.ofNanos(Math.round(nanos / units * size)));
  }
}
