package dev.unmask.worker.pages.choice;

import java.time.Duration;
import java.util.Optional;

/**
 * How long something takes that has a beginning and a size: the line with the least squares through
 * the measurements, of which older ones fade, and through one more: nothing takes no time. That one
 * alone decides the slope while all are of one size. Where the line would begin below nothing,
 * large ones having been slow, it goes through nothing instead: small ones are not free. Used by
 * one thread at a time.
 */
final class Line {
  /** What is left of the older measurements' weight: the latest eight or so decide. */
  private static final double KEPT = 0.875;

  private double count;
  private double sizes;
  private double nanos;
  private double squares;
  private double products;

  /** Adds a measurement of some units; at least one. */
  void measured(long size, Duration took) {
    count = count * KEPT + 1;
    sizes = sizes * KEPT + size;
    nanos = nanos * KEPT + took.toNanos();
    squares = squares * KEPT + (double) size * size;
    products = products * KEPT + (double) size * took.toNanos();
  }

  /** What some units take; empty before the first measurement. */
  Optional<Duration> estimate(long size) {
    if (count == 0) {
      return Optional.empty();
    }
    double all = count + 1;
    double spread = squares - sizes * sizes / all;
    double slope = (products - sizes * nanos / all) / spread;
    double start = (nanos - slope * sizes) / all;
    double took = start < 0 ? products / squares * size : start + slope * size;
    return Optional.of(Duration.ofNanos(Math.round(took)));
  }
}
