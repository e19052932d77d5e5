package dev.unmask.client.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.client.evaluation.settings.Settings;
import dev.unmask.client.evaluation.task.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class QuestionOptionsTest {
  @Command
  private static final class Eval {
    @Mixin private QuestionOptions options = new QuestionOptions();
  }

  @Test
  void tasks_words_areTasksOrSettings() {
    var options = options("mini", "gsm8k", "cache=prefix", "--task", "lists");
    assertThat(options.settings()).containsExactly("cache=prefix");
    assertThat(options.tasks(Settings.none()))
        .extracting(Task::name)
        .containsExactly("lists", "arithmetic", "lookup", "code", "gsm8k");
    assertThat(options().tasks(Settings.parse(List.of("dataset.name=Math-500"))))
        .extracting(Task::name)
        .containsExactly("math-500");
  }

  @Test
  void questions_chat_isWhatWasSaid() throws Exception {
    assertThat(questions().chat()).isEmpty();
    assertThat(questions("--chat").chat()).contains(true);
    assertThat(questions("--no-chat").chat()).contains(false);
  }

  @Test
  void questions_optionAndSetting_optionWins() throws Exception {
    var settings = Settings.parse(List.of("dataset.size=5", "dataset.n_shot=3", "seed=9"));
    var asked = options("--shots", "2").questions(List.of(), settings, Optional.of(1L), _ -> {});
    assertThat(asked.shots()).contains(2);
    assertThat(asked.limit()).contains(5);
    assertThat(asked.seed()).isEqualTo(1);
    assertThat(options().questions(List.of(), settings, Optional.empty(), _ -> {}).seed())
        .isEqualTo(9);
    assertThat(questions().seed()).isEqualTo(Questions.SEED);
  }

  @Test
  void questions_tasksWithoutCode_lookForNoPython() throws Exception {
    var notes = new ArrayList<String>();
    var options = options("--python", "no-such-python", "arithmetic");
    var asked =
        options.questions(
            options.tasks(Settings.none()), Settings.none(), Optional.empty(), notes::add);
    assertThat(asked.grounds()).isEmpty();
    assertThat(notes).isEmpty();
  }

  private static Questions questions(String... arguments) throws Exception {
    return options(arguments).questions(List.of(), Settings.none(), Optional.empty(), _ -> {});
  }

  private static QuestionOptions options(String... arguments) {
    return CommandLine.populateCommand(new Eval(), arguments).options;
  }
}
