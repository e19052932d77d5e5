package dev.unmask.client.evaluation.grading;

import java.util.Map;

/**
 * Compares a text with the reference, where there is no Python to run it. Other right programs
 * count as wrong.
 *
 * @param reference the one text that counts; white space at the ends does not
 */
public record SameText(String reference) implements Grader {
  @Override
  public Grade grade(String answer) {
    boolean same = answer.strip().equals(reference.strip());
    return new Grade(
        same,
        answer,
        (same ? "equals" : "differs from") + " the reference; there is no Python to run it",
        Map.of("exact_match", same));
  }
}
