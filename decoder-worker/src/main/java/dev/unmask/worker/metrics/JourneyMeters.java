package dev.unmask.worker.metrics;

import dev.unmask.metrics.Metrics;
import dev.unmask.type.v1.SharingMode;
import dev.unmask.worker.serving.Assignment;
import dev.unmask.worker.serving.RequestListener;
import dev.unmask.worker.serving.RequestWatch;
import dev.unmask.worker.serving.exchange.Looked;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;

/** The meters of what requests meet before their first step. Safe for any thread. */
public final class JourneyMeters implements RequestListener, RequestWatch {
  private static final Duration[] TIMES =
      LongStream.of(1, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000)
          .mapToObj(Duration::ofMillis)
          .toArray(Duration[]::new);
  private static final double[] LAYERS = {1, 2, 4, 8, 12, 16, 20, 24, 28, 32, 48, 64};

  private final Timer queueTime;
  private final DistributionSummary reusedLayers;
  private final LongSupplier nanoTime;

  /**
   * Defines them.
   *
   * @param nanoTime a clock on {@link System#nanoTime}'s scale
   */
  public JourneyMeters(Metrics metrics, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    queueTime =
        metrics.timer(
            "unmask_request_queue_time_seconds", "How long a request waits for its slot.", TIMES);
    reusedLayers =
        DistributionSummary.builder("unmask_shallow_reused_layers")
            .description("Lower layers that a request took from others by sharing mode SHALLOW.")
            .serviceLevelObjectives(LAYERS)
            .register(metrics.registry());
  }

  /** The same watch for all: none needs to know whose it is. */
  @Override
  public RequestWatch begins(Assignment assignment) {
    return this;
  }

  @Override
  public Phase waiting() {
    long start = nanoTime.getAsLong();
    return () -> queueTime.record(Duration.ofNanos(nanoTime.getAsLong() - start));
  }

  @Override
  public void looked(int held, List<Looked> looked) {
    for (var look : looked) {
      if (look.mode() == SharingMode.SHARING_MODE_SHALLOW && look.hit() > 0) {
        reusedLayers.record(look.layers());
      }
    }
  }
}
