package dev.unmask.client.evaluation.task;

import dev.unmask.client.evaluation.sandbox.Grounds;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where questions come from and how they are asked.
 *
 * @param file the benchmark in its published format
 * @param shotsFile where solved examples come from, in the same format; empty: from {@code file}
 * @param shots how many solved examples go before each question
 * @param seed of the draw of examples, for tasks that draw them from {@code shotsFile}
 * @param chat whether to ask in a conversation; tasks that are conversations ask so anyway
 * @param grounds where programs of answers are run; tasks that run code may require it
 */
public record Source(
    Path file,
    Optional<Path> shotsFile,
    int shots,
    long seed,
    boolean chat,
    Optional<Grounds> grounds) {
  /** Most solved examples before a question. */
  public static final int MOST_SHOTS = 64;

  public Source {
    if (shots < 0 || shots > MOST_SHOTS) {
      throw new IllegalArgumentException("shots must be 0 to " + MOST_SHOTS + ", is " + shots);
    }
  }
}
