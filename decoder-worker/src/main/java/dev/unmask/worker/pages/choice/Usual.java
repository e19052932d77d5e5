package dev.unmask.worker.pages.choice;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * How long something usually takes: the median of the latest few, which one that stalled does not
 * move, and a change for good does. Used by one thread at a time.
 */
final class Usual {
  private static final int LATEST = 9;

  private final Deque<Duration> latest = new ArrayDeque<>(LATEST);

  /** Adds a measurement. */
  void took(Duration time) {
    if (latest.size() == LATEST) {
      latest.removeFirst();
    }
    latest.addLast(time);
  }

  /** What it usually takes; empty before the first measurement. */
  Optional<Duration> time() {
    return latest.stream().sorted().skip(latest.size() / 2).findFirst();
  }
}
