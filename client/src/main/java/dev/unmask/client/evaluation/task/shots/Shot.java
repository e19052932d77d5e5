package dev.unmask.client.evaluation.task.shots;

import java.util.List;

/**
 * A solved example.
 *
 * @param question as it is asked
 * @param answer what follows it, with what is between them
 */
public record Shot(String question, String answer) {
  private static final String BETWEEN = "\n\n";

  /** A prompt: examples, each with an empty line behind it, then the question. */
  public static String before(String question, List<Shot> shots) {
    var text = new StringBuilder();
    for (var shot : shots) {
      text.append(shot.question()).append(shot.answer()).append(BETWEEN);
    }
    return text.append(question).toString();
  }
}
