package dev.unmask.client.evaluation.report.table;

import java.util.List;
import java.util.stream.Collectors;

/** A table in Markdown, its columns aligned so that the source reads well, too. */
public final class MarkdownTable {
  private MarkdownTable() {}

  /** Title, note and table. */
  public static String of(Table table) {
    var text = new StringBuilder("## ").append(escaped(table.title())).append("\n\n");
    if (!table.note().isEmpty()) {
      text.append(escaped(table.note())).append("\n\n");
    }
    return text.append(
            TextColumns.lines(
                    table.header().stream().map(MarkdownTable::escaped).toList(),
                    table.rows().stream()
                        .map(row -> row.stream().map(MarkdownTable::escaped).toList())
                        .toList())
                .stream()
                .map(MarkdownTable::row)
                .collect(Collectors.joining("\n", "", "\n")))
        .toString();
  }

  private static String row(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |";
  }

  /** What would end a cell, or mean something, means itself. */
  private static String escaped(String text) {
    return text.replace("\\", "\\\\")
        .replace("|", "\\|")
        .replace("<", "\\<")
        .replace("`", "\\`")
        .replace("*", "\\*")
        .replace("_", "\\_")
        .replaceAll("\\R", " ");
  }
}
