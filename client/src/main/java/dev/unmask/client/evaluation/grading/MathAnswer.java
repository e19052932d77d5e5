package dev.unmask.client.evaluation.grading;

import dev.unmask.client.evaluation.grading.math.Mathematics;
import java.util.LinkedHashMap;
import java.util.Optional;

/**
 * Compares the result of a solution with the right one. {@code exact_match} is Minerva's score: the
 * solution ends in Minerva's words, and the normalised answers are the same text or mathematics.
 * {@code symbolic} looks for the answer wherever a solution may say it and compares mathematics.
 * Either makes the answer correct.
 *
 * @param answer the right one, in TeX
 */
public record MathAnswer(String answer) implements Grader {
  @Override
  public Grade grade(String solution) {
    var minerva = Minerva.extracted(solution);
    var found = Results.in(solution);
    boolean exact = minerva.filter(this::isExact).isPresent();
    boolean symbolic = found.filter(result -> Mathematics.areEqual(result, answer)).isPresent();
    var metrics = new LinkedHashMap<String, Boolean>();
    metrics.put("exact_match", exact);
    metrics.put("symbolic", symbolic);
    boolean correct = exact || symbolic;
    return new Grade(correct, found.orElse(""), reason(correct, found), metrics);
  }

  private boolean isExact(String extracted) {
    var given = Minerva.normal(extracted);
    var expected = Minerva.normal(answer);
    return given.equals(expected) || Mathematics.areEqual(given, expected);
  }

  private String reason(boolean correct, Optional<String> found) {
    if (found.isEmpty()) {
      return "no result";
    }
    return correct ? "equal" : Lines.brief("expected " + answer);
  }
}
