package dev.unmask.client.evaluation.grading;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LastNumberTest {
  private static final LastNumber GRADER =
      new LastNumber("She has 1,000 + 234 = <<1000+234=1234>>1,234 dollars.\n#### 1,234");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          It is so.\\n#### 1234     | true  | true
          #### 1,234                | true  | true
          #### $1234                | true  | false
          The answer is $1,234.     | true  | false
          The answer is 1234        | true  | false
          1234 apples, no: 1235     | false | false
          #### 1234\\n\\nOr is it 7? | false | true
          #### 1235 or rather 1234  | true  | false
          #### -1234                | false | false
          1234.0                    | false | false
          no number                 | false | false
          ####                      | false | false
          """)
  void grade_answer_hasBothScores(String answer, boolean flexible, boolean strict) {
    var grade = GRADER.grade(answer.replace("\\n", "\n"));

    assertThat(grade.metrics())
        .containsEntry("flexible-extract", flexible)
        .containsEntry("strict-match", strict)
        .hasSize(2);
    assertThat(grade.correct()).isEqualTo(flexible);
  }

  @Test
  void grade_wrong_saysWhatWasExpected() {
    var grade = GRADER.grade("#### 12");

    assertThat(grade.extracted()).isEqualTo("12");
    assertThat(grade.reason()).isEqualTo("expected 1234");
    assertThat(GRADER.grade("").reason()).isEqualTo("no number");
  }

  @Test
  void grade_longAnswer_endsSoon() {
    assertThat(GRADER.grade("-".repeat(200_000) + "1,".repeat(200_000)).correct()).isFalse();
  }
}
