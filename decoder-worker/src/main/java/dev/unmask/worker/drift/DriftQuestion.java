package dev.unmask.worker.drift;

import dev.unmask.worker.text.ChatTemplate.Turn;
import java.util.List;
import java.util.function.Predicate;

/**
 * A question about a document that others are asked about, too.
 *
 * @param document name of what the questions' prompts have in common at their beginning
 * @param turns of the conversation
 * @param right judges an answer's text
 */
public record DriftQuestion(String document, List<Turn> turns, Predicate<String> right) {
  public DriftQuestion {
    turns = List.copyOf(turns);
  }
}
