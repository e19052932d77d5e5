package dev.unmask.client.evaluation.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Gsm8kTest {
  private static final Task TASK = Tasks.named("gsm8k");

  @TempDir Path folder;
  private Sources sources;

  @BeforeEach
  void open() {
    sources = new Sources(folder);
  }

  @Test
  void read_withoutShots_asksTheQuestionAlone() throws Exception {
    var items = TASK.read(sources.of(questions("q", 2), 0)).items();

    assertThat(items).extracting(Item::id).containsExactly("gsm8k/1", "gsm8k/2");
    assertThat(items.getFirst().ask()).isEqualTo(new Ask.Text("Question: q1?\nAnswer:"));
    assertThat(items.getFirst().stop()).containsExactly("Question:", "</s>", "<|im_end|>");
    assertThat(items.getFirst().grader().grade("1 apple\n#### 1").correct()).isTrue();
    assertThat(items.getLast().grader().grade("1 apple\n#### 1").correct()).isFalse();
  }

  @Test
  void read_shotsOfTheFile_areItsFirstQuestionsAndAreNotAsked() throws IOException {
    var items = TASK.read(sources.of(questions("q", 4), 2)).items();

    assertThat(items).extracting(Item::id).containsExactly("gsm8k/3", "gsm8k/4");
    assertThat(items.getFirst().ask())
        .isEqualTo(
            new Ask.Text(
                """
                Question: q1?
                Answer: It is so.
                #### 1

                Question: q2?
                Answer: It is so.
                #### 2

                Question: q3?
                Answer:\
                """));
  }

  @Test
  void read_shotsFile_isDrawnFromAsTheHarnessDraws() throws IOException {
    var source = Sources.withShots(sources.of(questions("q", 3), 5), questions("t", 7473));

    var items = TASK.read(source).items();

    assertThat(items).hasSize(3);
    assertThat(names(items.get(0))).containsExactly(6375, 3611, 958, 62, 743);
    assertThat(names(items.get(1))).containsExactly(7463, 6611, 4770, 287, 5502);
    assertThat(names(items.get(2))).containsExactly(5678, 688, 807, 6280, 2906);
  }

  @Test
  void read_inAChat_isOneTurnOfTheUser() throws IOException {
    var items = TASK.read(Sources.chat(sources.of(questions("q", 2), 1))).items();

    assertThat(items.getFirst().ask())
        .isInstanceOfSatisfying(
            Ask.Chat.class,
            chat -> {
              assertThat(chat.assistantPrefix()).isEmpty();
              assertThat(chat.turns()).hasSize(1);
              assertThat(chat.turns().getFirst().role()).isEqualTo("user");
              assertThat(chat.turns().getFirst().content())
                  .startsWith("Question: q1?\nAnswer: It is so.\n#### 1\n\nQuestion: q2?");
            });
  }

  @Test
  void read_malformedRecords_areToldOfBothFiles() throws IOException {
    var file =
        sources.file(
            "q.jsonl",
            """
            {"question": "a?", "answer": "#### 1"}
            {"question": "a?"}
            {"question": "a?", "answer": "one"}
            broken
            {"question": "b?", "answer": "#### 2"}\
            """);
    var shots =
        sources.file(
            "t.jsonl", "{\"answer\": \"#### 1\"}\n{\"question\":\"c\",\"answer\":\"#### 3\"}");

    var items = TASK.read(Sources.withShots(sources.of(file, 1), shots));

    assertThat(items.items()).extracting(Item::id).containsExactly("gsm8k/1", "gsm8k/5");
    assertThat(items.malformed())
        .extracting(Malformed::toString)
        .satisfiesExactlyInAnyOrder(
            fault -> assertThat(fault).isEqualTo(file + ":2: answer is missing"),
            fault ->
                assertThat(fault).isEqualTo(file + ":3: answer has no '#### ' before its result"),
            fault -> assertThat(fault).startsWith(file + ":4: is not JSON"),
            fault -> assertThat(fault).isEqualTo(shots + ":1: question is missing"));
  }

  @Test
  void read_tooFewExamples_isRefused() throws IOException {
    var file = questions("q", 3);

    assertThatIOException()
        .isThrownBy(() -> TASK.read(sources.of(file, 5)))
        .withMessage(file + " has 3 examples, but shots are 5");
    assertThatIOException()
        .isThrownBy(() -> TASK.read(sources.of(file, 3)))
        .withMessage(file + " holds no question");
  }

  private static int[] names(Item item) {
    return ((Ask.Text) item.ask())
        .text()
        .lines()
        .filter(line -> line.startsWith("Question: t"))
        .mapToInt(line -> Integer.parseInt(line.replaceAll("\\D", "")))
        .toArray();
  }

  private Path questions(String name, int count) throws IOException {
    return sources.file(
        name + ".jsonl",
        IntStream.rangeClosed(1, count)
            .mapToObj(i ->
                "{\"question\": \"" + name + i + "?\", \"answer\": \"It is so.\\n#### " + i + "\"}")
            .collect(Collectors.joining("\n")));
  }
}
