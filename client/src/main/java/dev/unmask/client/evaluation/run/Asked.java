package dev.unmask.client.evaluation.run;

import dev.unmask.client.Answer;
import dev.unmask.client.ClientException;
import dev.unmask.client.evaluation.result.Trace;
import io.grpc.Status;
import java.time.Duration;
import java.time.Instant;

/** How asking a gateway ended. */
sealed interface Asked {
  /** How often it was asked. */
  int attempts();

  /**
   * With an answer.
   *
   * @param at when the attempt that was answered began
   * @param latency from there to the last event
   */
  record Answered(int attempts, Answer answer, Trace trace, Instant at, Duration latency)
      implements Asked {}

  /**
   * Without one: asking again does not help, or did not.
   *
   * @param reason for a person
   * @param unserved whether nobody was there to answer
   * @param aboutPrompt whether the prompt is at fault, whoever decodes it
   */
  record Refused(int attempts, String reason, boolean unserved, boolean aboutPrompt)
      implements Asked {
    static Refused of(int attempts, ClientException failure) {
      return new Refused(
          attempts,
          String.join("; ", failure.lines()),
          failure.code() == Status.Code.UNAVAILABLE,
          failure.violations().stream()
              .anyMatch(violation -> violation.field().startsWith("prompt")));
    }
  }
}
