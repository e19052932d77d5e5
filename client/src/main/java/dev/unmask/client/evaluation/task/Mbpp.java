package dev.unmask.client.evaluation.task;

import dev.unmask.client.evaluation.grading.Program;
import dev.unmask.client.evaluation.grading.ProgramGrader;
import dev.unmask.client.evaluation.grading.Python;
import dev.unmask.client.evaluation.task.file.Row;
import dev.unmask.client.evaluation.task.file.RowException;
import dev.unmask.client.evaluation.task.file.Rows;
import dev.unmask.client.evaluation.task.shots.Examples;
import dev.unmask.client.evaluation.task.shots.Shot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Mostly Basic Python Problems (Austin et al. 2021) in Google's files: {@code mbpp.jsonl} or {@code
 * sanitized-mbpp.json}. Prompts are those of lm-evaluation-harness. The questions asked are those
 * of the test split, tasks 11 to 510; the examples are tasks 2, 3, 4 and so on of the same file, or
 * the first of the shots file.
 *
 * @param instruct whether the answer is begun with a fence; otherwise with {@code [BEGIN]}
 */
record Mbpp(boolean instruct) implements Task {
  private static final int FIRST_SHOT = 2;
  private static final int FIRST_TEST = 11;
  private static final int LAST_TEST = 510;
  private static final int SHOWN_TESTS = 3;
  private static final String FENCE = "\n```python\n";

  @Override
  public String name() {
    return instruct ? "mbpp_instruct" : "mbpp";
  }

  @Override
  public int defaultShots() {
    return 3;
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
    var python = Code.python(this, source);
    var rows = Rows.read(source.file());
    var examples = examples(source, rows);
    var items =
        Questions.of(rows, asked(rows), row -> item(row, examples.shots(), source.chat(), python));
    return source.shotsFile().isPresent()
        ? items.with(Questions.malformed(examples.unused()))
        : items;
  }

  private Examples examples(Source source, Rows rows) throws IOException {
    int count = source.shots();
    if (source.shotsFile().isPresent()) {
      return Examples.of(Rows.read(source.shotsFile().get()), count, count, this::shot);
    }
    int last = FIRST_SHOT + count - 1;
    if (last >= FIRST_TEST) {
      throw new IllegalArgumentException(
          "shots must be at most "
              + (FIRST_TEST - FIRST_SHOT)
              + " unless they have a file of their own, is "
              + count);
    }
    var solved = new ArrayList<Row>();
    for (int id = FIRST_SHOT; id <= last; id++) {
      int wanted = id;
      rows.rows().stream().filter(row -> isIn(row, wanted, wanted, false)).forEach(solved::add);
    }
    return Examples.of(new Rows(rows.file(), solved, List.of()), count, count, this::shot);
  }

  private static List<Row> asked(Rows rows) throws IOException {
    var asked = rows.rows().stream().filter(row -> isIn(row, FIRST_TEST, LAST_TEST, true)).toList();
    if (asked.isEmpty() && !rows.rows().isEmpty()) {
      throw new IOException(
          rows.file()
              + " holds no question: none has a task_id from "
              + FIRST_TEST
              + " to "
              + LAST_TEST
              + ", the test split");
    }
    return asked;
  }

  private static boolean isIn(Row row, int first, int last, boolean whenUnknown) {
    try {
      int id = row.number("task_id");
      return first <= id && id <= last;
    } catch (RowException e) {
      return whenUnknown; // What is wrong with it is told when it is to be asked.
    }
  }

  private Item item(Row row, List<Shot> shots, boolean chat, Python python) throws RowException {
    var prompt = Shot.before(question(row), shots);
    var ask = instruct ? Ask.of(prompt, FENCE, chat) : Ask.of(prompt, "", chat);
    return new Item(
        "mbpp/" + row.number("task_id"),
        ask,
        instruct ? List.of() : List.of("[DONE]"),
        new ProgramGrader(program(row), python));
  }

  private Shot shot(Row row) throws RowException {
    var code = row.text("code");
    return new Shot(question(row), instruct ? FENCE + code + "\n```" : code + "\n[DONE]");
  }

  private String question(Row row) throws RowException {
    var text = row.has("text") ? row.text("text") : row.text("prompt");
    var tests = String.join("\n", row.texts("test_list").stream().limit(SHOWN_TESTS).toList());
    var expert = "You are an expert Python programmer, and here is your task:";
    return instruct
        ? expert + "\n" + text + "\nYour code should pass these tests:\n" + tests
        : expert + " " + text + " Your code should pass these tests:\n\n" + tests + "\n[BEGIN]\n";
  }

  private Program program(Row row) throws RowException {
    var setup = new ArrayList<>(row.textsOrNone("test_imports"));
    setup.add(row.textOrEmpty("test_setup_code"));
    var filled = setup.stream().filter(part -> !part.isBlank()).toList();
    return new Program.Whole(instruct, String.join("\n", filled), row.texts("test_list"));
  }
}
