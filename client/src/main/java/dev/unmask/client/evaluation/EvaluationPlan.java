package dev.unmask.client.evaluation;

import dev.unmask.client.evaluation.method.Choice;
import dev.unmask.client.evaluation.task.Task;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/**
 * What to evaluate.
 *
 * @param tasks at least one
 * @param shipped the file a task's questions are in when none is named
 * @param questions which of them
 * @param lengths generation lengths to try, in tokens; none means the one of each task
 * @param choice which methods answer
 * @param beginning whether text gets a beginning-of-sequence token
 * @param concurrency questions asked at once
 * @param sharing whether requests share stored states, in words
 * @param out where everything is kept
 */
public record EvaluationPlan(
    List<Task> tasks,
    Function<Task, Path> shipped,
    Questions questions,
    List<Integer> lengths,
    Choice choice,
    boolean beginning,
    int concurrency,
    String sharing,
    Path out) {
  public EvaluationPlan {
    tasks = List.copyOf(tasks);
    lengths = List.copyOf(lengths);
    if (tasks.isEmpty()) {
      throw new IllegalArgumentException("an evaluation needs a task");
    }
    if (tasks.size() > 1 && (questions.file().isPresent() || questions.shotsFile().isPresent())) {
      throw new IllegalArgumentException("a file is of one task: ask one task at a time");
    }
  }
}
