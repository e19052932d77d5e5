package dev.unmask.gateway.metrics;

import dev.unmask.metrics.Metrics;
import dev.unmask.type.v1.Closed;
import dev.unmask.type.v1.FinishReason;
import io.grpc.Status;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.LongStream;

/** The meters of requests to generate, as clients see them. Safe for any thread. */
final class RequestMeters {
  private static final String NOT_FINISHED = "none";
  private static final Duration[] LATENCIES =
      LongStream.of(
              5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 120_000)
          .mapToObj(Duration::ofMillis)
          .toArray(Duration[]::new);
  private static final double[] STEPS = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048};
  private static final double[] TOKENS_A_STEP = {1, 1.5, 2, 3, 4, 6, 8, 12, 16, 32, 64};

  private final Timer firstEvent;
  private final Timer firstToken;
  private final Timer firstBlock;
  private final Timer latency;
  private final MeterProvider<Counter> ended;
  private final MeterProvider<Counter> refused;
  private final Counter promptTokens;
  private final Counter generationTokens;
  private final DistributionSummary steps;
  private final DistributionSummary tokensPerStep;

  /** Defines them; those of every way to end well or to be refused at nought. */
  RequestMeters(Metrics metrics) {
    firstEvent =
        metrics.timer(
            "unmask_time_to_first_event_seconds",
            "From a request to its first event: a worker has begun it.",
            LATENCIES);
    firstToken =
        metrics.timer(
            "unmask_time_to_first_token_seconds",
            "From a request to its first committed token.",
            LATENCIES);
    firstBlock =
        metrics.timer(
            "unmask_time_to_first_block_seconds",
            "From a request to its first committed text: its first block is over.",
            LATENCIES);
    latency =
        metrics.timer(
            "unmask_e2e_request_latency_seconds",
            "From a request to its end, of those that ended well.",
            LATENCIES);
    ended = counter(metrics, "unmask_requests_total", "Requests that are over, by how they ended.");
    refused =
        counter(
            metrics,
            "unmask_requests_refused_total",
            "Requests that failed before their first event, by the reason their client was told.");
    promptTokens =
        counter(metrics, "unmask_prompt_tokens_total", "Tokens of prompts, of answered requests.")
            .withTags();
    generationTokens =
        counter(
                metrics,
                "unmask_generation_tokens_total",
                "Tokens of answers, before their ends, of answered requests.")
            .withTags();
    steps = summary(metrics, "unmask_request_steps", "Model forwards of a request.", STEPS);
    tokensPerStep =
        summary(
            metrics,
            "unmask_request_tokens_per_step",
            "Tokens a request committed a step.",
            TOKENS_A_STEP);
    RefusalReason.all().forEach(reason -> refused.withTag("reason", reason));
    for (var reason : FinishReason.values()) {
      if (reason != FinishReason.UNRECOGNIZED && reason != FinishReason.FINISH_REASON_UNSPECIFIED) {
        ended(Status.Code.OK, text(reason));
      }
    }
  }

  void firstEvent(Duration since) {
    firstEvent.record(since);
  }

  void firstToken(Duration since) {
    firstToken.record(since);
  }

  void firstBlock(Duration since) {
    firstBlock.record(since);
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
      latency.record(since);
    }
    closed
        .map(Closed::getUsage)
        .ifPresent(usage -> {
          promptTokens.increment((double) Integer.toUnsignedLong(usage.getPromptTokens()));
          generationTokens.increment((double) Integer.toUnsignedLong(usage.getCompletionTokens()));
          steps.record((double) Integer.toUnsignedLong(usage.getSteps()));
          tokensPerStep.record(usage.getTokensPerStep());
        });
  }

  private Counter ended(Status.Code status, String reason) {
    return ended.withTags(
        "status", status.name().toLowerCase(Locale.ROOT), "finish_reason", reason);
  }

  private static String text(FinishReason reason) {
    return reason.name().replace("FINISH_REASON_", "").toLowerCase(Locale.ROOT);
  }

  private static MeterProvider<Counter> counter(Metrics metrics, String name, String meaning) {
    return Counter.builder(name).description(meaning).withRegistry(metrics.registry());
  }

  private static DistributionSummary summary(
      Metrics metrics, String name, String meaning, double... bounds) {
    return DistributionSummary.builder(name)
        .description(meaning)
        .serviceLevelObjectives(bounds)
        .register(metrics.registry());
  }
}
