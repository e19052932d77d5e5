package dev.unmask.client.evaluation.grading;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an answer was judged to be.
 *
 * @param correct the score that counts; one of {@code metrics} or their disjunction, see the task
 * @param extracted what was compared or run
 * @param reason one line for a person: why it is right or wrong
 * @param metrics every score by its name, in the order to print them
 */
public record Grade(
    boolean correct, String extracted, String reason, Map<String, Boolean> metrics) {
  public Grade {
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
  }

  /** A grade of a single, unnamed score. */
  public Grade(boolean correct, String extracted, String reason) {
    this(correct, extracted, reason, Map.of());
  }
}
