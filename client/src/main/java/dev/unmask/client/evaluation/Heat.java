package dev.unmask.client.evaluation;

import dev.unmask.client.evaluation.method.Choice.Chosen;
import dev.unmask.client.evaluation.run.Entrant;
import dev.unmask.client.evaluation.task.Item;
import dev.unmask.client.evaluation.task.Malformed;
import dev.unmask.client.evaluation.task.Task;
import java.util.List;

/**
 * One contest of an evaluation, ready to be held.
 *
 * @param lane which of the lengths it has; those of one lane are summed up together
 * @param items the questions, at least one
 * @param warmUp a question that is not among them
 * @param methods in the order of {@code entrants}
 */
record Heat(
    Task task,
    Candidate candidate,
    int lane,
    List<Item> items,
    Item warmUp,
    List<Malformed> malformed,
    List<Chosen> methods,
    List<Entrant> entrants) {
  Heat {
    items = List.copyOf(items);
    malformed = List.copyOf(malformed);
    methods = List.copyOf(methods);
    entrants = List.copyOf(entrants);
  }

  /** The generation length its methods share, in tokens; 0 when they have several. */
  int generationLength() {
    var lengths =
        methods.stream().map(method -> method.spec().getGenerationLength()).distinct().toList();
    return lengths.size() == 1 ? lengths.getFirst() : 0;
  }

  String name() {
    return task.name() + ", " + candidate.name();
  }
}
