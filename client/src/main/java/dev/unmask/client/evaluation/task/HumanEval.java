package dev.unmask.client.evaluation.task;

import dev.unmask.client.evaluation.grading.Program;
import dev.unmask.client.evaluation.grading.ProgramGrader;
import dev.unmask.client.evaluation.task.file.Row;
import dev.unmask.client.evaluation.task.file.RowException;
import dev.unmask.client.evaluation.task.file.Rows;
import java.io.IOException;
import java.util.List;

/**
 * HumanEval (Chen et al. 2021) in OpenAI's file: {@code {task_id, prompt, entry_point, test}} a
 * line. Prompts are those of lm-evaluation-harness; the post-processing is d2Cache's, which is why
 * the plain task needs no stop strings.
 *
 * @param instruct whether the function is asked for in words, and the answer begun with it
 */
record HumanEval(boolean instruct) implements Task {
  private static final List<String> STOP = List.of("\nclass", "\ndef", "\n#", "\nif", "\nprint");

  @Override
  public String name() {
    return instruct ? "humaneval_instruct" : "humaneval";
  }

  @Override
  public int defaultShots() {
    return 0;
  }

  @Override
  public int generationLength() {
    return Code.LENGTH;
  }

  @Override
  public boolean runsCode() {
    return true;
  }

  @Override
  public Items read(Source source) throws IOException {
    Code.requireNoShots(this, source);
    var python = Code.python(this, source);
    return Questions.of(
        Rows.read(source.file()),
        row ->
            new Item(
                row.text("task_id"),
                ask(row.text("prompt"), source.chat()),
                instruct ? STOP : List.of(),
                new ProgramGrader(function(row), python)));
  }

  private Ask ask(String prompt, boolean chat) {
    if (!instruct) {
      return Ask.of(prompt, "", chat);
    }
    return Ask.of(
        "Write a solution to the following problem and make sure that it passes the tests:\n"
            + "```python\n"
            + prompt
            + "\n```\n",
        "Here is the completed function:\n```python\n" + prompt + "\n",
        chat);
  }

  private static Program function(Row row) throws RowException {
    return new Program.Function(row.text("prompt"), row.text("entry_point"), row.text("test"));
  }
}
