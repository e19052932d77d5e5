package dev.unmask.gateway.metrics;

import dev.unmask.metrics.Metrics;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.stream.LongStream;

/**
 * The meters of how long clients wait. Safe for any thread.
 *
 * @param firstEvent from a request to its first event
 * @param firstToken to its first committed token
 * @param firstBlock to its first committed text
 * @param end to its end, if it ends well
 */
record RequestTimes(Timer firstEvent, Timer firstToken, Timer firstBlock, Timer end) {
  private static final Duration[] BOUNDS =
      LongStream.of(
              5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 120_000)
          .mapToObj(Duration::ofMillis)
          .toArray(Duration[]::new);

  static RequestTimes define(Metrics metrics) {
    return new RequestTimes(
        metrics.timer(
            "unmask_time_to_first_event_seconds",
            "From a request to its first event: a worker has begun it.",
            BOUNDS),
        metrics.timer(
            "unmask_time_to_first_token_seconds",
            "From a request to its first committed token.",
            BOUNDS),
        metrics.timer(
            "unmask_time_to_first_block_seconds",
            "From a request to its first committed text: its first block is over.",
            BOUNDS),
        metrics.timer(
            "unmask_e2e_request_latency_seconds",
            "From a request to its end, of those that ended well.",
            BOUNDS));
  }
}
