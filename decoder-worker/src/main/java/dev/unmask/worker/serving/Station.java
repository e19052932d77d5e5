package dev.unmask.worker.serving;

import dev.unmask.worker.serving.steps.StepLoop;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * What all requests of a worker use together.
 *
 * @param slots that bound how many run at once
 * @param steps that makes their steps
 * @param sharing of states with other workers
 * @param nanoTime a clock on {@link System#nanoTime}'s scale
 */
public record Station(Slots slots, StepLoop steps, Sharing sharing, LongSupplier nanoTime) {
  Duration since(long nanos) {
    return Duration.ofNanos(nanoTime.getAsLong() - nanos);
  }
}
