package dev.unmask.client.evaluation.grading;

import java.util.Map;

/**
 * Compares the text after the last {@code ####} with the answer; without a mark, the whole text.
 *
 * @param answer the right one
 */
public record MarkedAnswer(String answer) implements Grader {
  private static final String MARK = "####";

  @Override
  public Grade grade(String text) {
    int mark = text.lastIndexOf(MARK);
    var given = (mark < 0 ? text : text.substring(mark + MARK.length())).strip();
    boolean correct = given.equals(answer);
    return new Grade(
        correct, given, correct ? "equal" : "expected " + answer, Map.of("exact_match", correct));
  }
}
