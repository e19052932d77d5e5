package dev.unmask.worker.serving;

import dev.unmask.worker.engine.EngineThread;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * What all requests of a worker use together.
 *
 * @param slots that bound how many run at once
 * @param engine the one thread that owns the device
 * @param sharing of first forwards with other workers
 * @param times of recent steps
 * @param nanoTime a clock on {@link System#nanoTime}'s scale
 */
public record Station(
    Slots slots, EngineThread engine, Sharing sharing, StepTimes times, LongSupplier nanoTime) {
  Duration since(long nanos) {
    return Duration.ofNanos(nanoTime.getAsLong() - nanos);
  }
}
