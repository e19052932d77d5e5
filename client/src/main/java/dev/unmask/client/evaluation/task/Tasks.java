package dev.unmask.client.evaluation.task;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** The benchmarks that can be run. */
public final class Tasks {
  private static final List<Task> ALL =
      List.of(
          new Gsm8k(),
          new HumanEval(false),
          new HumanEval(true),
          new Mbpp(false),
          new Mbpp(true),
          new Math500(),
          new MiniTask("arithmetic"),
          new MiniTask("lists"),
          new MiniTask("lookup"),
          new MiniCode());

  private Tasks() {}

  /** Every benchmark, in the order to list them. */
  public static List<Task> all() {
    return ALL;
  }

  /**
   * A benchmark by its name, in either case.
   *
   * @throws IllegalArgumentException for an unknown name, with the nearest known one
   */
  public static Task named(String name) {
    var wanted = name.toLowerCase(Locale.ROOT);
    return ALL.stream()
        .filter(task -> task.name().equals(wanted))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "unknown task " + name + "; did you mean " + nearest(wanted) + "?"));
  }

  private static String nearest(String name) {
    var distance = LevenshteinDistance.getDefaultInstance();
    return ALL.stream()
        .map(Task::name)
        .min(Comparator.comparing(known -> distance.apply(known, name)))
        .orElseThrow();
  }
}
