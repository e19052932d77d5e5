package dev.unmask.bench.blocks;

import dev.unmask.type.v1.Prompt;
import java.util.Optional;

/**
 * Somebody who asks, hears the answer, and may ask on. For one thread at a time; a fresh one asks
 * the same again.
 */
interface Talk {
  /**
   * A question.
   *
   * @param prompt of it
   * @param answer that is right, if the question has one
   */
  record Question(Prompt prompt, Optional<String> answer) {
    /** Whether a text answers it. */
    boolean answeredBy(String text) {
      return answer.filter(right -> Documents.result(text).equals(right)).isPresent();
    }
  }

  /**
   * The next question; empty when nothing is left to ask.
   *
   * @param heard what the question before was answered; empty at the beginning
   */
  Optional<Question> next(Optional<String> heard);

  /** A talk of one question. */
  static Talk of(Question only) {
    return heard -> heard.isEmpty() ? Optional.of(only) : Optional.empty();
  }
}
