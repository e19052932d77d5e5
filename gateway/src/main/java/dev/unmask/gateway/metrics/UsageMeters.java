package dev.unmask.gateway.metrics;

import dev.unmask.metrics.Metrics;
import dev.unmask.type.v1.Usage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;

/** The meters of what answered requests took. Safe for any thread. */
record UsageMeters(
    Counter promptTokens,
    Counter generationTokens,
    DistributionSummary steps,
    DistributionSummary tokensPerStep) {
  private static final double[] STEPS = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048};
  private static final double[] TOKENS_A_STEP = {1, 1.5, 2, 3, 4, 6, 8, 12, 16, 32, 64};

  static UsageMeters define(Metrics metrics) {
    return new UsageMeters(
        counter(metrics, "unmask_prompt_tokens_total", "Tokens of prompts, of answered requests."),
        counter(
            metrics,
            "unmask_generation_tokens_total",
            "Tokens of answers, before their ends, of answered requests."),
        summary(metrics, "unmask_request_steps", "Model forwards of a request.", STEPS),
        summary(
            metrics,
            "unmask_request_tokens_per_step",
            "Tokens a request committed a step.",
            TOKENS_A_STEP));
  }

  void add(Usage usage) {
    promptTokens.increment((double) Integer.toUnsignedLong(usage.getPromptTokens()));
    generationTokens.increment((double) Integer.toUnsignedLong(usage.getCompletionTokens()));
    steps.record((double) Integer.toUnsignedLong(usage.getSteps()));
    tokensPerStep.record(usage.getTokensPerStep());
  }

  private static Counter counter(Metrics metrics, String name, String meaning) {
    return Counter.builder(name).description(meaning).register(metrics.registry());
  }

  private static DistributionSummary summary(
      Metrics metrics, String name, String meaning, double... bounds) {
    return DistributionSummary.builder(name)
        .description(meaning)
        .serviceLevelObjectives(bounds)
        .register(metrics.registry());
  }
}
