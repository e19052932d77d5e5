package dev.unmask.client.evaluation.result;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What became of one question. Also one line of a run's file, where {@link Trace} is beside it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "outcome")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Result.Answered.class, name = "answered"),
  @JsonSubTypes.Type(value = Result.Failed.class, name = "failed")
})
public sealed interface Result {
  /** Id of the question. */
  String id();

  /** How often it was asked. */
  int attempts();

  /**
   * It was answered.
   *
   * @param verdict what the grader said
   * @param answer text, cut at the first stop string
   * @param finishReason why decoding ended
   * @param timing when, and how long
   * @param cost what it took
   * @param counts tokens
   */
  record Answered(
      String id,
      int attempts,
      Verdict verdict,
      String answer,
      String finishReason,
      Timing timing,
      Cost cost,
      TokenCounts counts)
      implements Result {}

  /**
   * It could not be asked.
   *
   * @param reason for a person
   */
  record Failed(String id, int attempts, String reason) implements Result {}

  /**
   * What a grader said.
   *
   * @param correct the score that counts
   * @param extracted what was compared or run
   * @param reason one line
   * @param metrics every score by its name
   */
  record Verdict(boolean correct, String extracted, String reason, Map<String, Boolean> metrics) {
    public Verdict {
      metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    }
  }

  /**
   * When it was asked. Unit: milliseconds.
   *
   * @param askedAt since 1970
   * @param latency from the request to its last event, as its client saw it
   * @param firstBlock from the worker's receipt to the end of the first block
   * @param duration from the worker's receipt to the end
   */
  record Timing(long askedAt, double latency, double firstBlock, double duration) {}

  /**
   * What it took.
   *
   * @param promptTokens unit: tokens
   * @param steps model forwards (NFE)
   * @param rowsComputed rows of all steps
   * @param rowsUncached rows of the same steps without any cache
   * @param pagesHit pages that came from the cache-service
   * @param pagesMissed pages that were asked for in vain
   * @param peakMemory largest resident memory of the worker's process so far, in bytes; 0 when
   *     unknown
   */
  record Cost(
      int promptTokens,
      int steps,
      long rowsComputed,
      long rowsUncached,
      int pagesHit,
      int pagesMissed,
      long peakMemory) {}
}
