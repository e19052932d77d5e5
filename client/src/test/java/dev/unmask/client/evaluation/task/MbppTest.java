package dev.unmask.client.evaluation.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MbppTest {
  private static final Task TASK = Tasks.named("mbpp");
  private static final Task INSTRUCT = Tasks.named("mbpp_instruct");

  @TempDir Path folder;
  private Sources sources;

  @BeforeEach
  void open() {
    sources = new Sources(folder);
  }

  @Test
  void read_withShots_isTheHarnessPrompt() throws IOException {
    var item = TASK.read(sources.of(mbpp(1, 2, 3, 4, 11), 1)).items().getFirst();

    assertThat(item.id()).isEqualTo("mbpp/11");
    assertThat(item.stop()).containsExactly("[DONE]");
    assertThat(item.ask())
        .isEqualTo(
            new Ask.Text(
                """
                You are an expert Python programmer, and here is your task: Do 2. Your code should pass these tests:

                assert f(1) == 2
                assert f(2) == 2
                assert f(3) == 2
                [BEGIN]
                def f(x):\r
                  return 2
                [DONE]

                You are an expert Python programmer, and here is your task: Do 11. Your code should pass these tests:

                assert f(1) == 11
                assert f(2) == 11
                assert f(3) == 11
                [BEGIN]
                """));
  }

  @Test
  void read_instruct_beginsTheAnswerWithAFence() throws IOException {
    var item = INSTRUCT.read(Sources.chat(sources.of(mbpp(2, 11), 1))).items().getFirst();

    assertThat(item.stop()).isEmpty();
    assertThat(item.ask())
        .isInstanceOfSatisfying(
            Ask.Chat.class,
            chat -> {
              assertThat(chat.assistantPrefix()).isEqualTo("\n```python\n");
              assertThat(chat.turns().getFirst().content())
                  .isEqualTo(
                      """
                      You are an expert Python programmer, and here is your task:
                      Do 2.
                      Your code should pass these tests:
                      assert f(1) == 2
                      assert f(2) == 2
                      assert f(3) == 2
                      ```python
                      def f(x):\r
                        return 2
                      ```

                      You are an expert Python programmer, and here is your task:
                      Do 11.
                      Your code should pass these tests:
                      assert f(1) == 11
                      assert f(2) == 11
                      assert f(3) == 11\
                      """);
            });
  }

  @Test
  void read_instructAsText_endsInTheFence() throws IOException {
    var item = INSTRUCT.read(sources.of(mbpp(11), 0)).items().getFirst();

    assertThat(((Ask.Text) item.ask()).text()).endsWith("assert f(3) == 11\n```python\n");
  }

  @Test
  void read_wholeFile_asksTheTestSplit() throws IOException {
    var items = TASK.read(sources.of(mbpp(2, 10, 11, 510, 511, 974), 0)).items();

    assertThat(items).extracting(Item::id).containsExactly("mbpp/11", "mbpp/510");
  }

  @Test
  void read_sanitizedList_isReadAsWell() throws IOException {
    var file =
        sources.file(
            "sanitized-mbpp.json",
            """
            [
              {"task_id": 11, "prompt": "Do it.", "code": "x", "source_file": "a",
               "test_imports": ["import math"], "test_list": ["assert f(1) == math.e"]},
              {"task_id": 12, "prompt": "Do that.", "code": "x",
               "test_imports": [], "test_list": ["assert f(1)"]}
            ]\
            """);

    var items = TASK.read(sources.of(file, 0)).items();

    assertThat(items).extracting(Item::id).containsExactly("mbpp/11", "mbpp/12");
    assertThat(((Ask.Text) items.getFirst().ask()).text())
        .contains("your task: Do it. Your code")
        .endsWith("\n\nassert f(1) == math.e\n[BEGIN]\n");
  }

  @Test
  void read_shotsFile_givesItsFirst() throws IOException {
    var shots = sources.file("shots.jsonl", row(700) + row(3));

    var items = TASK.read(Sources.withShots(sources.of(mbpp(11), 1), shots)).items();

    assertThat(((Ask.Text) items.getFirst().ask()).text())
        .contains("Do 700.")
        .doesNotContain("Do 3.");
  }

  @Test
  void read_withoutTheExamples_isRefused() throws IOException {
    var file = mbpp(2, 4, 11);

    assertThatIOException()
        .isThrownBy(() -> TASK.read(sources.of(file, 3)))
        .withMessage(file + " has 2 examples, but shots are 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TASK.read(sources.of(file, 10)))
        .withMessageContaining("shots must be at most 9");
  }

  @Test
  void read_noneOfTheTestSplit_isRefused() throws IOException {
    var file = mbpp(1, 2, 601);

    assertThatIOException()
        .isThrownBy(() -> TASK.read(sources.of(file, 0)))
        .withMessageContaining("none has a task_id from 11 to 510");
  }

  @Test
  void read_faultyRecords_areTold() throws IOException {
    var file =
        sources.file(
            "mbpp.jsonl",
            row(11) + row(11) + "{\"text\": \"a\"}\n" + "{\"task_id\": 12, \"text\": \"a\"}\n");

    assertThat(TASK.read(sources.of(file, 0)).malformed())
        .extracting(Malformed::toString)
        .containsExactly(
            file + ":2: id mbpp/11 is that of line 1",
            file + ":3: test_list is missing",
            file + ":4: test_list is missing");
  }

  @Test
  void read_withoutPython_isRefused() throws IOException {
    var source = Sources.withoutGrounds(sources.of(mbpp(11), 0));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> TASK.read(source))
        .withMessageStartingWith("python: mbpp runs");
  }

  private Path mbpp(int... ids) throws IOException {
    var rows = new StringBuilder();
    for (int id : ids) {
      rows.append(row(id));
    }
    return sources.file("mbpp.jsonl", rows.toString());
  }

  private static String row(int id) {
    return """
    {"task_id": %1$d, "text": "Do %1$d.", "code": "def f(x):\\r\\n  return %1$d", \
    "test_setup_code": "", "test_list": ["assert f(1) == %1$d", "assert f(2) == %1$d", \
    "assert f(3) == %1$d"], "challenge_test_list": []}
    """
        .formatted(id);
  }
}
