package dev.unmask.client.evaluation;

import dev.unmask.client.evaluation.method.Choice.Chosen;
import dev.unmask.client.evaluation.method.Subject;
import dev.unmask.client.evaluation.result.RunFolder;
import dev.unmask.client.evaluation.run.Entrant;
import dev.unmask.client.evaluation.task.Ask;
import dev.unmask.client.evaluation.task.Item;
import dev.unmask.client.evaluation.task.Items;
import dev.unmask.client.evaluation.task.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Prepares the contests of an evaluation: reads questions, resolves methods, opens folders. */
final class Heats {
  /** Stands for the length that a task, or its settings, bring. */
  private static final int OWN_LENGTH = 0;

  private static final String WARM_UP = "First of all. ";

  private final EvaluationPlan plan;

  Heats(EvaluationPlan plan) {
    this.plan = plan;
  }

  /**
   * All contests, model by model.
   *
   * @throws IllegalArgumentException when something does not fit, before anything is asked
   */
  List<Heat> of(List<Candidate> candidates) throws IOException {
    var heats = new ArrayList<Heat>();
    for (var candidate : candidates) {
      for (var task : plan.tasks()) {
        var file = plan.questions().file().orElseGet(() -> plan.shipped().apply(task));
        var items = task.read(plan.questions().source(task, file, candidate));
        for (int length : lengths()) {
          heats.add(heat(task, file, candidate, items, length));
        }
      }
    }
    return heats;
  }

  private List<Integer> lengths() {
    return plan.lengths().isEmpty() ? List.of(OWN_LENGTH) : plan.lengths();
  }

  private Heat heat(Task task, Path file, Candidate candidate, Items items, int length)
      throws IOException {
    var asked = asked(items);
    var subject = new Subject(task.name(), task.generationLength(), candidate.kind());
    var choice = length == OWN_LENGTH ? plan.choice() : plan.choice().withLength(length);
    var methods = choice.of(subject);
    var entrants = new ArrayList<Entrant>();
    for (var method : methods) {
      entrants.add(entrant(task, file, candidate, method));
    }
    return new Heat(
        task,
        candidate,
        length,
        asked,
        warmUp(asked.getFirst()),
        items.malformed(),
        methods,
        entrants);
  }

  private List<Item> asked(Items items) {
    int limit = plan.questions().limit().orElse(Integer.MAX_VALUE);
    return items.items().stream().limit(limit).toList();
  }

  /** The first question, but for its beginning: its stored state must not be there already. */
  private static Item warmUp(Item item) {
    Ask ask =
        switch (item.ask()) {
          case Ask.Text(var text) -> new Ask.Text(WARM_UP + text);
          case Ask.Chat(var turns, var prefix) -> new Ask.Chat(warmUp(turns), prefix);
        };
    return new Item("warm-up", ask, item.stop(), item.grader());
  }

  private static List<Ask.Turn> warmUp(List<Ask.Turn> turns) {
    var others = new ArrayList<>(turns);
    others.set(0, new Ask.Turn(turns.getFirst().role(), WARM_UP + turns.getFirst().content()));
    return others;
  }

  private Entrant entrant(Task task, Path file, Candidate candidate, Chosen method)
      throws IOException {
    var name =
        String.join(
            "_",
            task.name(),
            candidate.name(),
            method.name(),
            String.valueOf(method.spec().getGenerationLength()));
    var settings = RunSettings.of(plan, task, file, candidate, method);
    return new Entrant(method.name(), method.spec(), RunFolder.open(plan.out(), name, settings));
  }
}
