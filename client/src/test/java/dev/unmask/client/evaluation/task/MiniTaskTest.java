package dev.unmask.client.evaluation.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MiniTaskTest {
  private static final Path SHIPPED = Path.of("../models/tasks");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"arithmetic", "lists", "lookup", "code"})
  void read_shippedFile_gradesEveryReferenceRightAndNothingElse(String name) throws Exception {
    var file = SHIPPED.resolve(name + ".jsonl");
    var source = Sources.withoutGrounds(new Sources(folder).of(file, 0));

    var items = Tasks.named(name).read(source);

    assertThat(items.malformed()).isEmpty();
    assertThat(items.items()).hasSize(200);
    var references = Files.readAllLines(file);
    for (int i = 0; i < references.size(); i++) {
      var record = new ObjectMapper().readTree(references.get(i));
      var item = items.items().get(i);
      assertThat(item.id()).isEqualTo(record.get("id").textValue());
      assertThat(item.stop()).isEmpty();
      assertThat(item.grader().grade(record.get("reference").textValue()).correct()).isTrue();
      assertThat(item.grader().grade("").correct()).isFalse();
      assertThat(item.grader().grade("#### nothing").correct()).isFalse();
    }
  }

  @Test
  void read_conversation_isAskedAsItStandsInAChatOrNot() throws IOException {
    var source = new Sources(folder).of(SHIPPED.resolve("lists.jsonl"), 0);

    var ask = Tasks.named("lists").read(source).items().getFirst().ask();

    assertThat(ask)
        .isEqualTo(Tasks.named("lists").read(Sources.chat(source)).items().getFirst().ask())
        .isInstanceOfSatisfying(
            Ask.Chat.class,
            chat -> {
              assertThat(chat.assistantPrefix()).isEmpty();
              assertThat(chat.turns())
                  .containsExactly(
                      new Ask.Turn(
                          "user", "List: 63, 28, 50, 10\nHow many elements are in the list?"));
            });
  }

  @Test
  void read_codeWithoutPython_saysThatTextWasCompared() throws Exception {
    var file = SHIPPED.resolve("code.jsonl");
    var source = Sources.withoutGrounds(new Sources(folder).of(file, 0));

    var grade = Tasks.named("code").read(source).items().getFirst().grader().grade("    return 1");

    assertThat(grade.correct()).isFalse();
    assertThat(grade.reason()).contains("no Python");
    assertThat(grade.metrics()).containsOnlyKeys("exact_match");
  }

  @ParameterizedTest
  @ValueSource(strings = {"arithmetic", "lists", "lookup", "code"})
  void read_shots_areRefused(String name) {
    var source = new Sources(folder).of(SHIPPED.resolve(name + ".jsonl"), 2);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tasks.named(name).read(source))
        .withMessageStartingWith("shots: " + name);
  }

  @Test
  void read_duplicateIds_areTold() throws IOException {
    var line = Files.readAllLines(SHIPPED.resolve("lists.jsonl")).getFirst();
    var sources = new Sources(folder);
    var file = sources.file("lists.jsonl", line + "\n\n" + line);

    var items = Tasks.named("lists").read(sources.of(file, 0));

    assertThat(items.items()).hasSize(1);
    assertThat(items.malformed())
        .containsExactly(new Malformed(file, 3, "id lists-open-000 is that of line 1"));
  }
}
