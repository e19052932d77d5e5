package dev.unmask.client.evaluation.task;

import dev.unmask.client.evaluation.grading.LastNumber;
import dev.unmask.client.evaluation.task.file.Row;
import dev.unmask.client.evaluation.task.file.RowException;
import dev.unmask.client.evaluation.task.file.Rows;
import dev.unmask.client.evaluation.task.shots.Draws;
import dev.unmask.client.evaluation.task.shots.Examples;
import dev.unmask.client.evaluation.task.shots.Shot;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/**
 * Grade school mathematics (Cobbe et al. 2021) in OpenAI's files: {@code {question, answer}} a
 * line. Prompts are those of lm-evaluation-harness's {@code gsm8k}. Examples are drawn from the
 * shots file, which should be {@code train.jsonl}, as the harness draws them; without one the
 * file's first questions are the examples of all others, and are not asked.
 */
record Gsm8k() implements Task {
  private static final String MARK = "#### ";
  private static final List<String> STOP = List.of("Question:", "</s>", "<|im_end|>");

  @Override
  public String name() {
    return "gsm8k";
  }

  @Override
  public int defaultShots() {
    return 5;
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
    var rows = Rows.read(source.file());
    int count = source.shots();
    if (source.shotsFile().isEmpty()) {
      var examples = Examples.of(rows, count, count, Gsm8k::shot);
      return Questions.of(rows, examples.rest(), row -> item(row, source.chat(), examples::shots));
    }
    var pool = Rows.read(source.shotsFile().get());
    var examples = Examples.of(pool, count, Integer.MAX_VALUE, Gsm8k::shot);
    var draws = new Draws(examples.shots(), source.seed());
    return Questions.of(rows, row -> item(row, source.chat(), () -> draws.draw(count)))
        .with(Questions.malformed(examples.unused()));
  }

  private static Item item(Row row, boolean chat, Supplier<List<Shot>> shots) throws RowException {
    var solution = solution(row);
    var prompt = Shot.before(question(row), shots.get());
    return new Item(
        "gsm8k/" + row.line(), Ask.of(prompt, "", chat), STOP, new LastNumber(solution));
  }

  private static Shot shot(Row row) throws RowException {
    return new Shot(question(row), " " + solution(row));
  }

  private static String question(Row row) throws RowException {
    return "Question: " + row.text("question") + "\nAnswer:";
  }

  private static String solution(Row row) throws RowException {
    var answer = row.text("answer");
    if (!answer.contains(MARK)) {
      throw new RowException("answer has no '" + MARK + "' before its result");
    }
    return answer;
  }
}
