package dev.unmask.client.output;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.google.protobuf.util.Durations;
import dev.unmask.client.Answer;
import dev.unmask.type.v1.SharingDecision;
import dev.unmask.type.v1.Usage;
import java.util.List;
import java.util.Locale;

/**
 * A generation as the JSON output tells it; names become snake_case there. {@code method} is what a
 * preference got, and not told without one.
 */
record GenerationReport(
    String requestId,
    String model,
    String worker,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) String method,
    String text,
    List<Integer> tokens,
    String finishReason,
    UsageReport usage) {
  static GenerationReport of(Answer answer) {
    var opened = answer.opened();
    return new GenerationReport(
        opened.getRequestId(),
        opened.getModel().getName(),
        opened.getWorker(),
        opened.getPreferredMethod().getName(),
        answer.text(),
        answer.tokens(),
        word(answer.finishReason().name(), "FINISH_REASON_"),
        UsageReport.of(answer.usage()));
  }

  private static String word(String value, String prefix) {
    return value.replace(prefix, "").toLowerCase(Locale.ROOT);
  }

  /** What it took; times in milliseconds, a peak of 0 bytes is one nobody told. */
  record UsageReport(
      int promptTokens,
      int completionTokens,
      int steps,
      double tokensPerStep,
      long rowsComputed,
      long rowsUncached,
      int pagesHit,
      int pagesMissed,
      String sharingMode,
      DecisionReport sharingDecision,
      double timeToFirstBlockMs,
      double durationMs,
      long workerPeakMemoryBytes) {
    static UsageReport of(Usage usage) {
      return new UsageReport(
          usage.getPromptTokens(),
          usage.getCompletionTokens(),
          usage.getSteps(),
          usage.getTokensPerStep(),
          usage.getRowsComputed(),
          usage.getRowsUncached(),
          usage.getPagesHit(),
          usage.getPagesMissed(),
          word(usage.getSharingMode().name(), "SHARING_MODE_"),
          DecisionReport.of(usage.getSharingDecision()),
          Durations.toNanos(usage.getTimeToFirstBlock()) / 1e6,
          Durations.toNanos(usage.getDuration()) / 1e6,
          usage.getWorkerPeakMemoryBytes());
    }
  }

  /** Fetching a stored state against computing it; estimates in milliseconds, 0 without one. */
  record DecisionReport(boolean fetched, double fetchEstimateMs, double computeEstimateMs) {
    static DecisionReport of(SharingDecision decision) {
      return new DecisionReport(
          decision.getFetched(),
          Durations.toNanos(decision.getFetchEstimate()) / 1e6,
          Durations.toNanos(decision.getComputeEstimate()) / 1e6);
    }
  }
}
