package dev.unmask.bench.blocks;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A conversation about a document: every turn's prompt is all that was said before, and more. */
final class Chat implements Talk {
  private final List<Documents.Asked> questions;
  private final List<String> said = new ArrayList<>();

  Chat(List<Documents.Asked> questions) {
    this.questions = List.copyOf(questions);
  }

  @Override
  public Optional<Question> next(Optional<String> heard) {
    // A message is never empty, whatever a small model says.
    heard.ifPresent(text -> said.add(text.isBlank() ? "-" : text));
    int turn = said.size() / 2;
    if (turn == questions.size()) {
      return Optional.empty();
    }
    var asked = questions.get(turn);
    said.add(turn == 0 ? asked.document() + asked.question() : asked.question().strip());
    return Optional.of(new Question(Documents.conversation(said), Optional.of(asked.answer())));
  }
}
