package dev.unmask.client.evaluation.report.table;

import static dev.unmask.client.evaluation.report.Samples.answer;
import static dev.unmask.client.evaluation.report.Samples.method;
import static dev.unmask.client.evaluation.report.Samples.refused;
import static dev.unmask.client.evaluation.report.Samples.report;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.client.evaluation.report.Report;
import dev.unmask.client.evaluation.report.Samples;
import dev.unmask.client.evaluation.report.metric.Metrics;
import dev.unmask.client.evaluation.result.Result;
import dev.unmask.client.evaluation.result.TokenCounts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TablesTest {
  @Test
  void paperTable_fourMethods_readsAsInThePaper() {
    var report =
        report(
            "gsm8k",
            method("vanilla", answer("a", true, 0), answer("b", false, 2_000)),
            method("+parallel", faster("a"), faster("b")),
            refused("+both", "spec: no"));
    var table = PaperTable.of(report).orElseThrow();
    assertThat(table.header())
        .containsExactly("task", "model", "length", "vanilla", "+cache", "+parallel", "+both");
    assertThat(table.rows())
        .containsExactly(
            List.of(
                "gsm8k",
                "mini",
                "128",
                "50.0 / 20.0 (1.00x)",
                "–",
                "100.0 / 80.0 (4.00x)",
                "refused"));
  }

  @Test
  void paperTable_otherMethods_isNone() {
    assertThat(PaperTable.of(report("gsm8k", method("mine", answer("a", true, 0))))).isEmpty();
  }

  @Test
  void of_refusedMethod_isListedWithItsReasonAndNowhereElse() {
    var report = report("gsm8k", method("vanilla", answer("a", true, 0)), refused("wino", "no"));
    var tables = Tables.of(report);
    assertThat(table(tables, "Methods the server refuses").rows())
        .containsExactly(List.of("wino", "gsm8k", "mini", "128", "no"));
    assertThat(table(tables, "Methods").rows()).hasSize(1);
    assertThat(table(tables, "Malformed lines").rows())
        .containsExactly(List.of("gsm8k", "file.jsonl:3: no id"));
  }

  @Test
  void of_speeds_nameTheirDefinitions() {
    var table =
        table(
            Tables.of(report("gsm8k", method("vanilla", answer("a", true, 0)))),
            "Speed by definition");
    assertThat(table.header()).contains("before_first_eos", "non_eos", "all", "wall all");
    assertThat(table.rows().getFirst()).contains("20.0", "24.0", "32.0");
  }

  @Test
  void markdown_hostileText_staysInItsCell() {
    var report = report(Samples.HOSTILE, method("a|b", answer("a", true, 0)));
    for (var table : Tables.of(report)) {
      var lines = MarkdownTable.of(table).lines().filter(line -> line.startsWith("|")).toList();
      assertThat(lines).as(table.title()).hasSize(table.rows().size() + 2);
      assertThat(lines)
          .allSatisfy(line ->
              assertThat(line.replace("\\|", "").chars().filter(c -> c == '|').count())
                  .isEqualTo(table.header().size() + 1L))
          .noneMatch(line -> line.replace("\\<", "").contains("<"));
    }
  }

  @Test
  void console_columnsThatSayOneThing_areSaidOnce() {
    var lines =
        ConsoleTable.lines(
            table(Tables.of(report("gsm8k", method("vanilla", answer("a", true, 0)))), "Methods"));
    assertThat(lines.getFirst()).isEqualTo("Methods (task gsm8k, model mini, length 128)");
    assertThat(lines.get(2)).startsWith("method   right");
    assertThat(lines.get(4)).startsWith("vanilla  1/1");
  }

  @Test
  void summary_failedQuestions_haveTheirReasons() {
    var failed =
        new Report.Method(
            "vanilla",
            "",
            method("x", answer("a", true, 0)).spec(),
            "",
            Map.of("internal: bug", 3),
            Metrics.of(List.of(answer("a", true, 0))),
            Optional.empty());
    assertThat(table(Tables.summary(report("gsm8k", failed)), "Questions that failed").rows())
        .containsExactly(List.of("vanilla", "gsm8k", "mini", "128", "3", "internal: bug"));
  }

  private static Table table(List<Table> tables, String title) {
    return tables.stream().filter(t -> t.title().equals(title)).findFirst().orElseThrow();
  }

  /** Four times the tokens of {@link Samples#answer} in the same time. */
  private static Result.Answered faster(String id) {
    var plain = answer(id, true, 0);
    return new Result.Answered(
        id,
        1,
        plain.verdict(),
        plain.answer(),
        plain.finishReason(),
        plain.timing(),
        plain.cost(),
        new TokenCounts(80, 80, 80));
  }
}
