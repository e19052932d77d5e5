package dev.unmask.gateway.metrics;

import dev.unmask.metrics.Metrics;
import dev.unmask.type.v1.Closed;
import dev.unmask.type.v1.FinishReason;
import io.grpc.Status;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;

/** The meters of requests to generate, as clients see them. Safe for any thread. */
final class RequestMeters {
  private static final String NOT_FINISHED = "none";

  private final RequestTimes times;
  private final UsageMeters usage;
  private final MeterProvider<Counter> ended;
  private final MeterProvider<Counter> refused;

  /**
   * Defines them; there is nought, at first, of every way to end or to be refused. A rate does not
   * see the step from no series to the first one.
   */
  RequestMeters(Metrics metrics) {
    times = RequestTimes.define(metrics);
    usage = UsageMeters.define(metrics);
    ended =
        Counter.builder("unmask_requests_total")
            .description("Requests that are over, by how they ended.")
            .withRegistry(metrics.registry());
    refused =
        Counter.builder("unmask_requests_refused_total")
            .description("Requests that failed before their first event, by the reason told.")
            .withRegistry(metrics.registry());
    RefusalReason.all().forEach(reason -> refused.withTag("reason", reason));
    EnumSet.range(FinishReason.FINISH_REASON_END_OF_SEQUENCE, FinishReason.FINISH_REASON_DEADLINE)
        .forEach(reason -> ended(Status.Code.OK, text(reason)));
    EnumSet.complementOf(EnumSet.of(Status.Code.OK)).forEach(code -> ended(code, NOT_FINISHED));
  }

  RequestTimes times() {
    return times;
  }

  void refused(String reason) {
    refused.withTag("reason", reason).increment();
  }

  /**
   * A request is over.
   *
   * @param closed its last event, if it had that
   */
  void ended(Status.Code status, Optional<Closed> closed, Duration since) {
    ended(status, closed.map(last -> text(last.getFinishReason())).orElse(NOT_FINISHED))
        .increment();
    if (status == Status.Code.OK) {
      times.end().record(since);
    }
    closed.map(Closed::getUsage).ifPresent(usage::add);
  }

  private Counter ended(Status.Code status, String reason) {
    return ended.withTags(
        "status", status.name().toLowerCase(Locale.ROOT), "finish_reason", reason);
  }

  private static String text(FinishReason reason) {
    return reason.name().replace("FINISH_REASON_", "").toLowerCase(Locale.ROOT);
  }
}
