package dev.unmask.gateway.openai.reply;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.google.protobuf.Duration;
import com.google.protobuf.util.Durations;
import dev.unmask.type.v1.Closed;
import dev.unmask.type.v1.Opened;
import dev.unmask.type.v1.Usage;
import java.util.Optional;

/**
 * How one choice ended and what it took, in the gateway's own words: the fields are those of {@code
 * Usage}.
 *
 * @param finishReason name of the {@code FinishReason}
 * @param worker that decoded it
 * @param method that its preference got, if it had one
 * @param usage figures
 */
public record Took(
    String finishReason,
    String worker,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Preferred> method,
    Figures usage) {
  static Took of(Opened opened, Closed closed) {
    return new Took(
        closed.getFinishReason().name(),
        opened.getWorker(),
        Preferred.of(opened),
        Figures.of(closed.getUsage()));
  }

  /** Figures of one generation; times in milliseconds. */
  record Figures(
      int promptTokens,
      int completionTokens,
      int steps,
      double tokensPerStep,
      long rowsComputed,
      long rowsUncached,
      int pagesHit,
      int pagesMissed,
      String sharingMode,
      int positionsReusedDevice,
      int tokensHurried,
      int reopened,
      double timeToFirstBlockMs,
      double durationMs) {
    private static Figures of(Usage usage) {
      return new Figures(
          usage.getPromptTokens(),
          usage.getCompletionTokens(),
          usage.getSteps(),
          usage.getTokensPerStep(),
          usage.getRowsComputed(),
          usage.getRowsUncached(),
          usage.getPagesHit(),
          usage.getPagesMissed(),
          usage.getSharingMode().name(),
          usage.getPositionsReusedDevice(),
          usage.getTokensHurried(),
          usage.getReopened(),
          millis(usage.getTimeToFirstBlock()),
          millis(usage.getDuration()));
    }

    private static double millis(Duration time) {
      return Durations.toMicros(time) / 1000.0;
    }
  }
}
