package dev.unmask.client.evaluation.task;

import dev.unmask.client.evaluation.grading.Grader;
import dev.unmask.client.evaluation.grading.Program;
import dev.unmask.client.evaluation.grading.ProgramGrader;
import dev.unmask.client.evaluation.grading.Python;
import dev.unmask.client.evaluation.grading.SameText;
import dev.unmask.client.evaluation.task.file.Row;
import dev.unmask.client.evaluation.task.file.RowException;
import dev.unmask.client.evaluation.task.file.Rows;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The code task that the shipped models were trained for. An answer goes on from the question's
 * signature and is run with its tests; without a Python it is compared with the reference.
 */
record MiniCode() implements Task {
  @Override
  public String name() {
    return "code";
  }

  @Override
  public int defaultShots() {
    return 0;
  }

  @Override
  public int generationLength() {
    return MiniTask.LENGTH;
  }

  @Override
  public boolean runsCode() {
    return true;
  }

  @Override
  public Items read(Source source) throws IOException {
    Code.requireNoShots(this, source);
    var python = source.grounds().map(grounds -> Code.python(this, source));
    return Questions.of(
        Rows.read(source.file()),
        row -> new Item(row.text("id"), MiniTask.ask(row), List.of(), grader(row, python)));
  }

  private static Grader grader(Row row, Optional<Python> python) throws RowException {
    var body = new Program.Body(row.text("signature"), row.texts("tests"));
    var same = new SameText(row.text("answer"));
    return python.<Grader>map(runner -> new ProgramGrader(body, runner)).orElse(same);
  }
}
