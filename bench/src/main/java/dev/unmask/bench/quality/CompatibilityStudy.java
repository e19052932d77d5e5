package dev.unmask.bench.quality;

import dev.unmask.bench.Exercise;
import java.nio.file.Path;
import java.util.List;

/**
 * Which of the behaviours the originals differ in answers best: every variant on the first
 * questions of a few tasks. Prints a Markdown table.
 *
 * <p>Arguments: folder of the shipped models, model name, questions a task, task names.
 */
public final class CompatibilityStudy {
  private CompatibilityStudy() {}

  /** Runs and prints a row a task and variant. */
  public static void main(String[] arguments) {
    var models = Path.of(arguments[0]);
    int count = Integer.parseInt(arguments[2]);
    var tasks = List.of(arguments).subList(3, arguments.length);
    System.out.println(
        "| model | task | cache | unmask | compatibility | right of | steps | rows |");
    System.out.println("|---|---|---|---|---|---|---|---|");
    try (var examinee = new Examinee(models.resolve(arguments[1]), 1)) {
      for (String task : tasks) {
        var exercises = Exercise.read(models.resolve("tasks").resolve(task + ".jsonl"), count);
        Variant.all()
            .map(variant -> row(examinee, exercises, variant))
            .forEach(row -> System.out.println("| " + arguments[1] + " | " + task + row));
      }
    }
  }

  private static String row(Examinee examinee, List<Exercise> exercises, Variant variant) {
    int right = 0;
    int steps = 0;
    long rows = 0;
    for (var exercise : exercises) {
      var response = examinee.answer(exercise, variant.method());
      right += exercise.answeredBy(response.text()) ? 1 : 0;
      steps += response.steps();
      rows += response.rows();
    }
    double n = exercises.size();
    return " | %s | %d / %d | %.1f | %.0f |"
        .formatted(variant.name(), right, exercises.size(), steps / n, rows / n);
  }
}
