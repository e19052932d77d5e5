package dev.unmask.client.evaluation.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TasksTest {
  @TempDir Path folder;

  @Test
  void all_names_areTheOnesOnTheCommandLine() {
    assertThat(Tasks.all())
        .extracting(Task::name)
        .containsExactly(
            "gsm8k",
            "humaneval",
            "humaneval_instruct",
            "mbpp",
            "mbpp_instruct",
            "math-500",
            "arithmetic",
            "lists",
            "lookup",
            "code");
  }

  @Test
  void all_defaults_areThoseOfTheProtocols() {
    assertThat(Tasks.all())
        .extracting(Task::defaultShots)
        .containsExactly(5, 0, 0, 3, 3, 4, 0, 0, 0, 0);
    assertThat(Tasks.all())
        .extracting(Task::generationLength)
        .containsExactly(256, 512, 512, 512, 512, 256, 128, 128, 128, 128);
    assertThat(Tasks.all())
        .filteredOn(Task::runsCode)
        .extracting(Task::name)
        .containsExactly("humaneval", "humaneval_instruct", "mbpp", "mbpp_instruct", "code");
  }

  @Test
  void named_anyCase_isFound() {
    assertThat(Tasks.named("MATH-500").name()).isEqualTo("math-500");
  }

  @Test
  void named_unknown_saysWhichIsNearest() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tasks.named("gms8k"))
        .withMessage("unknown task gms8k; did you mean gsm8k?");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tasks.named("human_eval"))
        .withMessage("unknown task human_eval; did you mean humaneval?");
  }

  @Test
  void read_fileWithoutQuestions_isRefusedByEveryTask() throws IOException {
    var sources = new Sources(folder);
    var empty = sources.file("empty.jsonl", "\r\n\n");
    var wrong = sources.file("wrong.jsonl", "{\"other\": 1}\nnonsense\n");
    for (var task : Tasks.all()) {
      assertThatIOException()
          .as(task.name())
          .isThrownBy(() -> task.read(sources.of(empty, 0)))
          .withMessage(empty + " holds no question");
      assertThatIOException()
          .as(task.name())
          .isThrownBy(() -> task.read(sources.of(wrong, 0)))
          .withMessageStartingWith(wrong + " holds no question; 2 malformed, the first: ");
    }
  }

  @Test
  void source_shotsOutOfBounds_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Source(folder, Optional.empty(), -1, 0, false, Optional.empty()))
        .withMessageContaining("shots must be 0 to 64");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Source(folder, Optional.empty(), 65, 0, false, Optional.empty()))
        .withMessageContaining("is 65");
  }
}
