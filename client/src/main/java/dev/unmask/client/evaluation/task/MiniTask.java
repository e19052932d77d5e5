package dev.unmask.client.evaluation.task;

import dev.unmask.client.evaluation.grading.MarkedAnswer;
import dev.unmask.client.evaluation.task.file.Row;
import dev.unmask.client.evaluation.task.file.RowException;
import dev.unmask.client.evaluation.task.file.Rows;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A task that the shipped models were trained for; its questions are conversations, with their
 * solved examples inside. The format is that of models/tasks/README.md, the grading that of
 * models/training/evaluate.py.
 */
record MiniTask(String name) implements Task {
  static final int LENGTH = 128;

  @Override
  public int defaultShots() {
    return 0;
  }

  /** Holds every answer, as the tasks' README says. */
  @Override
  public int generationLength() {
    return LENGTH;
  }

  @Override
  public boolean runsCode() {
    return false;
  }

  @Override
  public Items read(Source source) throws IOException {
    Code.requireNoShots(this, source);
    return Questions.of(
        Rows.read(source.file()),
        row -> new Item(row.text("id"), ask(row), List.of(), new MarkedAnswer(row.text("answer"))));
  }

  /** The questions' own conversation. */
  static Ask ask(Row row) throws RowException {
    var turns = new ArrayList<Ask.Turn>();
    for (var turn : row.rows("messages")) {
      turns.add(new Ask.Turn(turn.text("role"), turn.text("content")));
    }
    return new Ask.Chat(turns, "");
  }
}
