package dev.unmask.worker.serving.steps;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How long forwards of a model took lately, by their rows: twice as many rows rarely take twice as
 * long, so each power of two is measured by itself. Older forwards fade; the first one of a size,
 * which loads and compiles what the others use, counts until there is another. Thread-safe.
 */
final class ForwardTimes {
  /** What is left of the older forwards' weight: the latest eight or so of a size decide. */
  private static final double KEPT = 0.875;

  private final Map<String, Size[]> models = new HashMap<>();

  /** Sums over forwards of about one size, of rows and of nanoseconds. */
  private record Size(int forwards, double rows, double nanos) {
    static final Size NONE = new Size(0, 0, 0);

    Size plus(int more, Duration took) {
      double kept = forwards > 1 ? KEPT : 0;
      return new Size(Math.min(forwards + 1, 2), rows * kept + more, nanos * kept + took.toNanos());
    }
  }

  /** Adds a forward; one without rows says nothing. */
  synchronized void record(String model, int rows, Duration took) {
    if (rows > 0) {
      var sizes = models.computeIfAbsent(model, _ -> none());
      int size = size(rows);
      sizes[size] = sizes[size].plus(rows, took);
    }
  }

  /** What so many rows take, after the forwards that come closest to it; empty without any. */
  synchronized Optional<Duration> estimate(String model, int rows) {
    var sizes = models.getOrDefault(model, none());
    int wanted = size(Math.max(1, rows));
    return IntStream.range(0, Integer.SIZE)
        .filter(size -> sizes[size].rows() > 0)
        .boxed()
        .min((one, other) -> Integer.compare(Math.abs(one - wanted), Math.abs(other - wanted)))
        .map(size -> sizes[size].nanos() / sizes[size].rows() * rows)
        .map(nanos -> Duration.ofNanos(Math.round(nanos)));
  }

  private static Size[] none() {
    return IntStream.range(0, Integer.SIZE).mapToObj(_ -> Size.NONE).toArray(Size[]::new);
  }

  private static int size(int rows) {
    return Integer.SIZE - 1 - Integer.numberOfLeadingZeros(rows);
  }
}
