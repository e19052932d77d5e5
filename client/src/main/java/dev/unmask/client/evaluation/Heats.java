package dev.unmask.client.evaluation;

import dev.unmask.client.evaluation.method.Choice.Chosen;
import dev.unmask.client.evaluation.method.Subject;
import dev.unmask.client.evaluation.run.Entrant;
import dev.unmask.client.evaluation.run.RunFolder;
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
    var methods =
        plan.choice().of(subject).stream().map(method -> withLength(method, length)).toList();
    var entrants = new ArrayList<Entrant>();
    for (var method : methods) {
      entrants.add(entrant(task, file, candidate, method));
    }
    return new Heat(
        task, candidate, length, asked, warmUp(items, asked), items.malformed(), methods, entrants);
  }

  /** A length to try, and a block that still fits. */
  private static Chosen withLength(Chosen method, int length) {
    if (length == OWN_LENGTH) {
      return method;
    }
    var spec = method.spec();
    var other = spec.toBuilder().setGenerationLength(length);
    if (spec.hasBlockLength() && spec.getBlockLength() == spec.getGenerationLength()) {
      other.setBlockLength(length);
    }
    return new Chosen(method.name(), method.settings(), other.build());
  }

  private List<Item> asked(Items items) {
    int limit = plan.questions().limit().orElse(Integer.MAX_VALUE);
    return items.items().stream().limit(limit).toList();
  }

  /** Not one of those asked, whose stored state would then be there already. */
  private static Item warmUp(Items items, List<Item> asked) {
    return asked.size() < items.items().size() ? items.items().get(asked.size()) : asked.getLast();
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
