package dev.unmask.client.evaluation.run;

import dev.unmask.client.Answer;
import dev.unmask.client.ClientException;
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

  /** With a refusal that asking again does not change, or the last of all attempts. */
  record Refused(int attempts, ClientException failure) implements Asked {}
}
