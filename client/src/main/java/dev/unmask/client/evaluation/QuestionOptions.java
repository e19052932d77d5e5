package dev.unmask.client.evaluation;

import dev.unmask.client.evaluation.sandbox.Grounds;
import dev.unmask.client.evaluation.sandbox.Isolation;
import dev.unmask.client.evaluation.settings.Settings;
import dev.unmask.client.evaluation.task.Task;
import dev.unmask.client.evaluation.task.Tasks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which questions to ask, as options; settings of the published projects say some of it, too. */
public final class QuestionOptions {
  /** Names of all shipped tasks together. */
  private static final List<String> MINI = List.of("mini", "all-mini");

  private static final List<String> SHIPPED = List.of("arithmetic", "lists", "lookup", "code");

  @Parameters(
      paramLabel = "TASK",
      arity = "0..*",
      description =
          "arithmetic, lists, lookup, code (shipped; mini means all four), or a published"
              + " one; name=value is a setting, as with --set")
  private List<String> words = List.of();

  @Option(names = "--task", paramLabel = "TASK", description = "the same; repeatable")
  private List<String> tasks = List.of();

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "the task's published file; shipped tasks have theirs")
  private Optional<Path> file = Optional.empty();

  @Option(
      names = "--shots-file",
      paramLabel = "FILE",
      description = "where solved examples come from, in the same format")
  private Optional<Path> shotsFile = Optional.empty();

  @Option(
      names = "--shots",
      paramLabel = "N",
      description = "solved examples before a question (default: the task's)")
  private Optional<Integer> shots = Optional.empty();

  @Option(names = "--limit", paramLabel = "N", description = "ask the first N questions only")
  private Optional<Integer> limit = Optional.empty();

  @Option(
      names = "--chat",
      negatable = true,
      description = "ask in a conversation (default: where the model is tuned for it)")
  private Optional<Boolean> chat = Optional.empty();

  @Option(
      names = "--python",
      paramLabel = "COMMAND",
      defaultValue = "python3",
      description = "runs programs of answers (default: ${DEFAULT-VALUE})")
  private String python = "";

  @Option(
      names = Isolation.OPTION,
      description = "run programs of answers with limits only, not kept from network and files")
  private boolean withoutIsolation;

  /** The task's own file, when an option names it. */
  public Optional<Path> file() {
    return file;
  }

  /** Most questions, when an option says so. */
  public Optional<Integer> limit() {
    return limit;
  }

  /** Words that are settings. */
  public List<String> settings() {
    return words.stream().filter(word -> word.contains("=")).toList();
  }

  /**
   * The tasks.
   *
   * @throws IllegalArgumentException when there is none, or one is unknown
   */
  public List<Task> tasks(Settings settings) {
    var names = new LinkedHashSet<String>();
    var given = new ArrayList<>(tasks);
    words.stream().filter(word -> !word.contains("=")).forEach(given::add);
    settings.text("dataset.name").ifPresent(given::add);
    for (var name : given) {
      names.addAll(MINI.contains(name) ? SHIPPED : List.of(name));
    }
    if (names.isEmpty()) {
      throw new IllegalArgumentException(
          "which task? There are mini, "
              + String.join(", ", Tasks.all().stream().map(Task::name).toList()));
    }
    return names.stream().map(Tasks::named).toList();
  }

  /**
   * The questions. Looks for an interpreter only when a task needs one.
   *
   * @param seed of the draw of examples, when an option gives it
   * @param notes is told when answers cannot be run and are compared instead
   * @throws IOException when there is none, or the machine cannot isolate it
   */
  public Questions questions(
      List<Task> asked, Settings settings, Optional<Long> seed, Consumer<String> notes)
      throws IOException, InterruptedException {
    return new Questions(
        file,
        shotsFile,
        shots.or(() -> settings.integer("dataset.n_shot")),
        limit.or(() -> settings.integer("dataset.size")),
        seed.or(() -> settings.longInteger("seed")).orElse(Questions.SEED),
        chat,
        grounds(asked, notes));
  }

  /** The shipped task can be graded without running anything, the published ones cannot. */
  private Optional<Grounds> grounds(List<Task> asked, Consumer<String> notes)
      throws IOException, InterruptedException {
    var running = asked.stream().filter(Task::runsCode).toList();
    if (running.isEmpty()) {
      return Optional.empty();
    }
    try {
      var isolation = withoutIsolation ? Isolation.LIMITS : Isolation.NAMESPACES;
      return Optional.of(Grounds.open(python, isolation));
    } catch (IOException e) {
      if (!running.stream().allMatch(task -> SHIPPED.contains(task.name()))) {
        throw e;
      }
      notes.accept("answers of code are compared, not run: " + e.getMessage());
      return Optional.empty();
    }
  }
}
