package dev.unmask.client.evaluation.grading;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class MinervaTest {
  /** Expected texts are those of lm-evaluation-harness's normalize_final_answer. */
  private static final Map<String, String> NORMAL =
      Map.ofEntries(
          Map.entry("$\\frac12$", "\\frac{1}{2}"),
          Map.entry("x = 5", "5"),
          Map.entry("\\text{Evelyn}", "Evelyn"),
          Map.entry("an apple", "apple"),
          Map.entry("$12 \\text{ square inches}$", "12"),
          Map.entry("1,000", "1000"),
          Map.entry("\\boxed{\\frac{1}{2}}", "\\frac{1}{2}"),
          Map.entry("\\sqrt2", "\\sqrt{2}"),
          Map.entry("\\frac ab", "\\frac{a}{b}"),
          Map.entry("10\\%", "10\\%"),
          Map.entry("90^\\circ", "90"),
          Map.entry("\\$5", "5"),
          Map.entry("[2,5)", "[2,5)"),
          Map.entry("$x=3$ and $y=4$", "4"),
          Map.entry("3 \\text{ and } 4", "34"),
          Map.entry("1{,}000", "1000"),
          Map.entry("\\overline{AB}", "AB"),
          Map.entry("a line\nb $c$ d", "line\nc"),
          Map.entry("-1,000", "-1,000"),
          Map.entry("", ""));

  @Test
  void normal_answer_isTheHarness() {
    NORMAL.forEach((text, normal) -> assertThat(Minerva.normal(text)).isEqualTo(normal));
  }

  @Test
  void extracted_minervasWords_giveTheAnswer() {
    assertThat(
            Minerva.extracted("So.\nFinal Answer: The final answer is $24$. I hope it is correct."))
        .hasValue("$24$");
    assertThat(Minerva.extracted("Final Answer: The final answer is $24$. "))
        .as("cut off, and completed as the harness does")
        .hasValue("$24$");
    assertThat(
            Minerva.extracted(
                "Final Answer: The final answer is 1. I hope it is correct.\n"
                    + "Final Answer: The final answer is 2. I hope it is correct."))
        .as("the first of two")
        .hasValue("1");
  }

  @Test
  void extracted_otherWords_giveNothing() {
    assertThat(Minerva.extracted("The answer is 24.")).isEmpty();
    assertThat(Minerva.extracted("Final Answer: The final answer is\n24\n")).isEmpty();
  }
}
