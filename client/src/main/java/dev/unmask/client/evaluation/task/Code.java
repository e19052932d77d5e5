package dev.unmask.client.evaluation.task;

import dev.unmask.client.evaluation.grading.Python;
import java.util.UUID;

/** What the tasks that run code have in common. */
final class Code {
  /** Room for a function with its comments. */
  static final int LENGTH = 512;

  private Code() {}

  /** What runs the answers of a task. */
  static Python python(Task task, Source source) {
    return new Python(
        source
            .grounds()
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "python: " + task.name() + " runs what the model writes; name a Python")),
        () -> UUID.randomUUID().toString());
  }

  /** Refuses solved examples where a benchmark has none. */
  static void requireNoShots(Task task, Source source) {
    if (source.shots() > 0 || source.shotsFile().isPresent()) {
      throw new IllegalArgumentException(
          "shots: " + task.name() + " has no examples but its questions' own; leave shots at 0");
    }
  }
}
