package dev.unmask.worker.serving.exchange;

import java.time.Duration;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;

/**
 * What time things take here.
 *
 * @param forward estimate of a forward of so many rows of the request's model, with what waits for
 *     the device before it; empty if none was measured yet
 * @param alone the same, with nothing before it
 * @param nanoTime a clock on {@link System#nanoTime}'s scale
 */
public record Timing(
    IntFunction<Optional<Duration>> forward,
    IntFunction<Optional<Duration>> alone,
    LongSupplier nanoTime) {
  /** How long something takes. */
  Duration of(Runnable something) {
    long start = nanoTime.getAsLong();
    something.run();
    return Duration.ofNanos(nanoTime.getAsLong() - start);
  }
}
