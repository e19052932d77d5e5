package dev.unmask.client.evaluation.grading;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkedAnswerTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2 + 3 = 5\\n#### 5  | true
          ####5               | true
          #### 4\\n#### 5     | true
          5                   | true
          #### 5\\n           | true
          #### 5.             | false
          #### 5 6            | false
          #### 5\\n####       | false
          #### 4              | false
          """)
  void grade_answer_countsWhatFollowsTheLastMark(String answer, boolean correct) {
    var grade = new MarkedAnswer("5").grade(answer.replace("\\n", "\n"));

    assertThat(grade.correct()).isEqualTo(correct);
    assertThat(grade.metrics()).containsExactly(Map.entry("exact_match", correct));
  }
}
