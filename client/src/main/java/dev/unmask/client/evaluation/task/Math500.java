package dev.unmask.client.evaluation.task;

import dev.unmask.client.evaluation.grading.MathAnswer;
import dev.unmask.client.evaluation.task.file.Row;
import dev.unmask.client.evaluation.task.file.RowException;
import dev.unmask.client.evaluation.task.file.Rows;
import dev.unmask.client.evaluation.task.shots.Examples;
import dev.unmask.client.evaluation.task.shots.Shot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * MATH-500 (Hendrycks et al. 2021, Lightman et al. 2023) in its published file: {@code {problem,
 * solution, answer, unique_id}} a line. Prompts are those of lm-evaluation-harness's {@code
 * minerva_math500}; the four examples are those of Minerva (Lewkowycz et al. 2022).
 */
record Math500() implements Task {
  private static final String SHOTS = "minerva-shots.jsonl";
  private static final int MOST_SHOTS = 4;

  @Override
  public String name() {
    return "math-500";
  }

  @Override
  public int defaultShots() {
    return MOST_SHOTS;
  }

  @Override
  public int generationLength() {
    return 256;
  }

  @Override
  public boolean runsCode() {
    return false;
  }

  @Override
  public Items read(Source source) throws IOException {
    if (source.shots() > MOST_SHOTS || source.shotsFile().isPresent()) {
      throw new IllegalArgumentException(
          "shots: math-500 has " + MOST_SHOTS + " examples of its own and takes no others");
    }
    var shots = shots(source.shots());
    return Questions.of(Rows.read(source.file()), row -> item(row, shots, source.chat()));
  }

  private static Item item(Row row, List<Shot> shots, boolean chat) throws RowException {
    var prompt = Shot.before(question(row), shots);
    var id = row.has("unique_id") ? row.text("unique_id") : "math-500/" + row.line();
    return new Item(
        id, Ask.of(prompt, "", chat), List.of("Problem:"), new MathAnswer(row.text("answer")));
  }

  private static List<Shot> shots(int count) throws IOException {
    try (var content = Math500.class.getResourceAsStream(SHOTS)) {
      if (content == null) {
        throw new IOException(SHOTS + " is not on the class path");
      }
      var rows = Rows.of(Path.of(SHOTS), content.readAllBytes());
      return Examples.of(rows, count, count, Math500::shot).shots();
    }
  }

  private static Shot shot(Row row) throws RowException {
    return new Shot(question(row), " " + row.text("solution"));
  }

  private static String question(Row row) throws RowException {
    return "Problem:\n" + row.text("problem") + "\n\nSolution:";
  }
}
