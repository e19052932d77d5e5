package dev.unmask.client.evaluation.grading;

import java.util.Map;

/**
 * Runs an answer's program with its tests: pass@1 of one answer.
 *
 * @param program how the answer becomes one
 * @param python what runs it
 */
public record ProgramGrader(Program program, Python python) implements Grader {
  @Override
  public Grade grade(String answer) throws InterruptedException {
    var code = program.code(answer, python);
    var failure = python.failure(program.parts(code));
    boolean passed = failure.isEmpty();
    return new Grade(passed, code, failure.orElse("all tests pass"), Map.of("pass@1", passed));
  }
}
