package dev.unmask.client.evaluation;

import dev.unmask.client.evaluation.sandbox.Grounds;
import dev.unmask.client.evaluation.task.Source;
import dev.unmask.client.evaluation.task.Task;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Which questions are asked, and how.
 *
 * @param file of the only task; empty: shipped tasks bring theirs
 * @param shotsFile where solved examples come from
 * @param shots solved examples before a question; empty: as many as the task has by default
 * @param limit most questions of a task; empty: all
 * @param seed of the draw of examples
 * @param chat whether to ask in a conversation; empty: where the model is tuned for it
 * @param grounds where programs of answers are run
 */
public record Questions(
    Optional<Path> file,
    Optional<Path> shotsFile,
    Optional<Integer> shots,
    Optional<Integer> limit,
    long seed,
    Optional<Boolean> chat,
    Optional<Grounds> grounds) {
  /** What d2Cache's seed is unless it is set. */
  public static final long SEED = 42;

  public Questions {
    if (limit.isPresent() && limit.get() < 1) {
      throw new IllegalArgumentException("limit must be at least 1, is " + limit.get());
    }
  }

  /** Whether a model is asked in conversations. */
  boolean isChat(Candidate candidate) {
    return chat.orElseGet(
        () -> candidate.kind().isInstruct() && candidate.model().getHasChatTemplate());
  }

  /** How many solved examples a task has. */
  int shots(Task task) {
    return shots.orElseGet(task::defaultShots);
  }

  /** Where a task's questions come from for a model. */
  Source source(Task task, Path from, Candidate candidate) {
    return new Source(from, shotsFile, shots(task), seed, isChat(candidate), grounds);
  }
}
