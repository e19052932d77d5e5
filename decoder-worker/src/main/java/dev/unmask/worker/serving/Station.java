package dev.unmask.worker.serving;

import dev.unmask.worker.serving.retained.Retention;
import dev.unmask.worker.serving.steps.StepLoop;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * What all requests of a worker use together.
 *
 * @param slots that bound how many run at once
 * @param steps that makes their steps
 * @param sharing of states with other workers
 * @param retention of what closed requests leave in the device's memory
 * @param nanoTime a clock on {@link System#nanoTime}'s scale
 * @param listener who wants to know how requests get on
 */
public record Station(
    Slots slots,
    StepLoop steps,
    Sharing sharing,
    Retention retention,
    LongSupplier nanoTime,
    RequestListener listener) {
  /** That retains nothing, and nobody listens to. */
  public Station(Slots slots, StepLoop steps, Sharing sharing, LongSupplier nanoTime) {
    this(slots, steps, sharing, Retention.none(), nanoTime, RequestListener.NOBODY);
  }

  /**
   * The same, but that requests find nothing on the device, leave nothing there, and nobody hears
   * of them.
   */
  public Station forItself() {
    return new Station(slots, steps, sharing, nanoTime);
  }

  Duration since(long nanos) {
    return Duration.ofNanos(nanoTime.getAsLong() - nanos);
  }
}
