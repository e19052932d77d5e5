package dev.unmask.client.evaluation.grading;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResultsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          So it is $\\boxed{\\frac{1}{2}}$.                       | \\frac{1}{2}
          \\boxed{1} or rather \\boxed{2}, the answer is 3.       | 2
          \\boxed {7}                                             | 7
          \\fbox{4}                                               | 4
          \\boxed{\\{1, 2\\}}                                     | \\{1, 2\\}
          \\boxed{1                                               | 1
          \\boxed 5$ is it                                        | 5
          The final answer is $[2,5)$. I hope it is correct.      | $[2,5)$
          The answer is 3.5.                                      | 3.5
          The answer is $3$ and $4$, as said.                     | $3$ and $4$
          The answer is: **12**                                    | 12
          The answer is \\(x^2\\) and that is all.                | \\(x^2\\)
          First $x = 1$, then $y=2$ follows.                      | y=2
          Hence \\[x+1\\]                                         | x+1
          It takes 12 steps, then 1,234 more                      | 1,234
          About -3/4 of it                                        | -3/4
          """)
  void in_solution_findsTheSurestSign(String solution, String result) {
    assertThat(Results.in(solution)).hasValue(result);
  }

  @Test
  void in_nothingToFind_isEmpty() {
    assertThat(Results.in("")).isEmpty();
    assertThat(Results.in("I do not know.")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"$", "\\(", "answer is ", "\\boxed{", "{", "**", "answer: $", "1,111"})
  void in_endlessRepetition_endsSoon(String piece) {
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(20), () -> assertThat(Results.in(piece.repeat(4_000))).isNotNull());
  }
}
