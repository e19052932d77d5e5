package dev.unmask.client.evaluation.report.table;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A table for a terminal. */
public final class ConsoleTable {
  private ConsoleTable() {}

  /** Title, note and table; what a column of names says in every row, the title says instead. */
  public static List<String> lines(Table table) {
    var kept =
        IntStream.range(0, table.header().size())
            .filter(column -> column == 0 || !isTold(table, column))
            .boxed()
            .toList();
    var lines = new ArrayList<>(List.of(title(table, kept)));
    if (!table.note().isEmpty()) {
      lines.add(table.note());
    }
    TextColumns.lines(
            cells(table.header(), kept),
            table.rows().stream().map(row -> cells(row, kept)).toList())
        .forEach(row -> lines.add(row.stream().collect(Collectors.joining("  ")).stripTrailing()));
    return lines;
  }

  private static String title(Table table, List<Integer> kept) {
    var told =
        IntStream.range(0, table.header().size())
            .filter(column -> !kept.contains(column) && !table.rows().isEmpty())
            .mapToObj(
                column -> table.header().get(column) + " " + table.rows().getFirst().get(column))
            .collect(Collectors.joining(", "));
    return table.title() + (told.isEmpty() ? "" : " (" + told + ")");
  }

  private static boolean isTold(Table table, int column) {
    var name = table.header().get(column);
    boolean context = List.of("task", "model", "length").contains(name);
    return context && table.rows().stream().map(row -> row.get(column)).distinct().count() <= 1;
  }

  private static List<String> cells(List<String> row, List<Integer> columns) {
    return columns.stream().map(row::get).toList();
  }
}
