package dev.unmask.client.evaluation.report.page;

import dev.unmask.client.evaluation.report.Facts;
import dev.unmask.client.evaluation.report.Report;
import dev.unmask.client.evaluation.report.table.MarkdownTable;
import dev.unmask.client.evaluation.report.table.Tables;
import java.util.stream.Collectors;

/** A report in Markdown. */
final class MarkdownPage {
  private MarkdownPage() {}

  static String of(Report report) {
    var text = new StringBuilder("# ").append(Facts.TITLE).append("\n\n");
    Facts.lines(report).forEach(line -> text.append("- ").append(line).append('\n'));
    Tables.of(report).forEach(table -> text.append('\n').append(MarkdownTable.of(table)));
    return text.append("\n## What the figures are\n\n")
        .append(
            report.definitions().entrySet().stream()
                .map(entry -> "- **" + entry.getKey() + "**: " + entry.getValue() + "\n")
                .collect(Collectors.joining()))
        .toString();
  }
}
