package dev.unmask.client.evaluation.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HumanEvalTest {
  private static final String PROMPT = "def one():\n    \"\"\"Return 1.\"\"\"\n";

  @TempDir Path folder;
  private Sources sources;
  private Path file;

  @BeforeEach
  void open() throws IOException {
    sources = new Sources(folder);
    file =
        sources.file(
            "HumanEval.jsonl",
            """
            {"task_id": "HumanEval/0", "prompt": "def one():\\n    \\"\\"\\"Return 1.\\"\\"\\"\\n", \
            "entry_point": "one", "canonical_solution": "    return 1\\n", \
            "test": "def check(candidate):\\n    assert candidate() == 1\\n"}
            {"task_id": "HumanEval/1", "prompt": "def two():\\n", "entry_point": "two"}
            """);
  }

  @Test
  void read_plain_asksThePromptAsItStands() throws IOException {
    var items = Tasks.named("humaneval").read(sources.of(file, 0));

    assertThat(items.items()).hasSize(1);
    assertThat(items.items().getFirst().id()).isEqualTo("HumanEval/0");
    assertThat(items.items().getFirst().ask()).isEqualTo(new Ask.Text(PROMPT));
    assertThat(items.items().getFirst().stop()).isEmpty();
    assertThat(items.malformed()).containsExactly(new Malformed(file, 2, "test is missing"));
  }

  @Test
  void read_instruct_beginsTheAnswer() throws IOException {
    var item =
        Tasks.named("humaneval_instruct")
            .read(Sources.chat(sources.of(file, 0)))
            .items()
            .getFirst();

    assertThat(item.ask())
        .isEqualTo(
            new Ask.Chat(
                List.of(
                    new Ask.Turn(
                        "user",
                        "Write a solution to the following problem and make sure that it passes"
                            + " the tests:\n```python\n"
                            + PROMPT
                            + "\n```\n")),
                "Here is the completed function:\n```python\n" + PROMPT + "\n"));
    assertThat(item.stop()).containsExactly("\nclass", "\ndef", "\n#", "\nif", "\nprint");
  }

  @Test
  void read_instructAsText_putsOneBehindTheOther() throws IOException {
    var item = Tasks.named("humaneval_instruct").read(sources.of(file, 0)).items().getFirst();

    assertThat(((Ask.Text) item.ask()).text())
        .contains("\n```\nHere is the completed function:\n```python\ndef one")
        .endsWith("\"\"\"\n\n");
  }

  @Test
  void read_withShotsOrWithoutPython_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tasks.named("humaneval").read(sources.of(file, 1)))
        .withMessageStartingWith("shots: humaneval");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Tasks.named("humaneval").read(Sources.withoutGrounds(sources.of(file, 0))))
        .withMessageStartingWith("python: humaneval");
  }
}
