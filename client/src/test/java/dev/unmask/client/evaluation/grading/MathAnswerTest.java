package dev.unmask.client.evaluation.grading;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MathAnswerTest {
  private static final MathAnswer GRADER = new MathAnswer("[2, 5)");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          Final Answer: The final answer is $[2,5)$. I hope it is correct.  | true  | true
          Final Answer: The final answer is $[2,5]$. I hope it is correct.  | false | false
          So $2 \\le x < 5$.                                                | false | true
          Therefore \\boxed{[2, \\frac{10}{2})}.                            | false | true
          \\boxed{[2,5]}\\nFinal Answer: The final answer is $[2,5)$. I hope it is correct. | true | false
          I do not know.                                                    | false | false
          """)
  void grade_solution_hasBothScoresAndEitherCounts(
      String solution, boolean exact, boolean symbolic) {
    var grade = GRADER.grade(solution.replace("\\n", "\n"));

    assertThat(grade.metrics())
        .containsEntry("exact_match", exact)
        .containsEntry("symbolic", symbolic)
        .hasSize(2);
    assertThat(grade.correct()).isEqualTo(exact || symbolic);
  }

  @Test
  void grade_wrong_saysWhatWasExpected() {
    assertThat(GRADER.grade("\\boxed{3}").reason()).isEqualTo("expected [2, 5)");
    assertThat(GRADER.grade("\\boxed{3}").extracted()).isEqualTo("3");
    assertThat(GRADER.grade("who knows").reason()).isEqualTo("no result");
  }

  @Test
  void grade_wordsThatMinervaWouldMangle_areRightAsText() {
    var grade =
        new MathAnswer("\\text{Monday}")
            .grade("Final Answer: The final answer is Monday. I hope it is correct.");

    assertThat(grade.metrics()).containsEntry("exact_match", true).containsEntry("symbolic", true);
  }
}
