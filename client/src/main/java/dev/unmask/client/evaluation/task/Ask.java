package dev.unmask.client.evaluation.task;

import java.util.List;

/** What a model is given for one question. */
public sealed interface Ask {
  /** Text to go on with, as it stands. */
  record Text(String text) implements Ask {}

  /**
   * A conversation to render with the model's template.
   *
   * @param turns ends with a user's turn
   * @param assistantPrefix how the assistant's turn begins; empty when it is free
   */
  record Chat(List<Turn> turns, String assistantPrefix) implements Ask {
    public Chat {
      turns = List.copyOf(turns);
    }
  }

  /**
   * A question as a user's turn, or as text.
   *
   * @param prefix how the answer begins; empty when it is free
   */
  static Ask of(String question, String prefix, boolean chat) {
    return chat
        ? new Chat(List.of(new Turn("user", question)), prefix)
        : new Text(question + prefix);
  }

  /**
   * One turn of a conversation.
   *
   * @param role {@code system}, {@code user} or {@code assistant}
   * @param content its text
   */
  record Turn(String role, String content) {}
}
