package dev.unmask.client.evaluation.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Math500Test {
  private static final Task TASK = Tasks.named("math-500");

  @TempDir Path folder;
  private Sources sources;
  private Path file;

  @BeforeEach
  void open() throws IOException {
    sources = new Sources(folder);
    file =
        sources.file(
            "test.jsonl",
            """
            {"problem": "What is $\\\\frac12+\\\\frac12$?", "solution": "It is $\\\\boxed{1}$.", \
            "answer": "1", "subject": "Algebra", "level": 1, "unique_id": "test/algebra/1.json"}
            {"problem": "And twice that?", "answer": "2"}
            {"problem": "And thrice?"}
            """);
  }

  @Test
  void read_withoutShots_asksTheProblemAlone() throws Exception {
    var items = TASK.read(sources.of(file, 0));

    assertThat(items.items())
        .extracting(Item::id)
        .containsExactly("test/algebra/1.json", "math-500/2");
    assertThat(items.items().getFirst().ask())
        .isEqualTo(new Ask.Text("Problem:\nWhat is $\\frac12+\\frac12$?\n\nSolution:"));
    assertThat(items.items().getFirst().stop()).containsExactly("Problem:");
    assertThat(items.items().getFirst().grader().grade("So \\boxed{\\frac22}.").correct()).isTrue();
    assertThat(items.malformed()).containsExactly(new Malformed(file, 3, "answer is missing"));
  }

  @Test
  void read_fourShots_areMinervas() throws IOException {
    var item = TASK.read(sources.of(file, 4)).items().getFirst();

    var text = ((Ask.Text) item.ask()).text();
    assertThat(text)
        .startsWith(
            "Problem:\nFind the domain of the expression"
                + "  $\\frac{\\sqrt{x-2}}{\\sqrt{5-x}}$.}\n\nSolution: The expressions inside each")
        .contains("I hope it is correct.\n\nProblem:\nIf $\\det \\mathbf{A} = 2$ and")
        .contains("30n&=480\\\n\\Rightarrow\\qquad n&=480/30=\\boxed{16}\n\\end{align*}\nFinal")
        .endsWith(
            "The final answer is $-\\frac{2}{3}$. I hope it is correct.\n\n"
                + "Problem:\nWhat is $\\frac12+\\frac12$?\n\nSolution:");
  }

  @Test
  void read_otherShots_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TASK.read(sources.of(file, 5)))
        .withMessageContaining("4 examples of its own");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TASK.read(Sources.withShots(sources.of(file, 1), file)));
  }
}
