package dev.unmask.client.top;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Services of a fleet as lines of text, a table a kind. Pure. */
public final class FleetTable {
  private static final String GAP = "  ";

  private FleetTable() {}

  /**
   * The tables, a blank line between them. What does not fit the width is left out: the last
   * columns, then the ends of names.
   *
   * @param columns width of a line, in characters
   */
  public static List<String> lines(List<Watched> services, int columns) {
    var lines = new ArrayList<String>();
    for (Target.Kind kind : Target.Kind.values()) {
      var those = services.stream().filter(service -> service.target().kind() == kind).toList();
      if (!those.isEmpty()) {
        if (!lines.isEmpty()) {
          lines.add("");
        }
        lines.addAll(table(kind, those, columns));
      }
    }
    return lines;
  }

  private static List<String> table(Target.Kind kind, List<Watched> services, int columns) {
    var cells = new ArrayList<List<String>>();
    var told = Columns.of(kind);
    var header = new ArrayList<>(List.of(kind.name()));
    told.forEach(column -> header.add(column.title()));
    cells.add(header);
    services.forEach(service -> cells.add(row(service, told)));
    int[] widths = widths(cells, header.size());
    int fitting = fitting(widths, columns);
    return cells.stream().map(row -> cut(line(row, widths, fitting), columns)).toList();
  }

  private static List<String> row(Watched service, List<Column> told) {
    var row = new ArrayList<>(List.of(service.target().name()));
    if (service.change().reached()) {
      told.forEach(column -> row.add(column.cell().apply(service.change())));
    } else {
      row.add("unreachable: " + service.change().now().failure());
    }
    return row;
  }

  /** Of each column; a service that says nothing but its name says that across all. */
  private static int[] widths(List<List<String>> rows, int columns) {
    return IntStream.range(0, columns)
        .map(column ->
            rows.stream()
                .filter(row -> column == 0 || row.size() == columns)
                .mapToInt(row -> row.get(column).length())
                .max()
                .orElse(0))
        .toArray();
  }

  private static int fitting(int[] widths, int columns) {
    int width = widths[0];
    int fitting = 1;
    while (fitting < widths.length && width + GAP.length() + widths[fitting] <= columns) {
      width += GAP.length() + widths[fitting];
      fitting++;
    }
    return fitting;
  }

  private static String line(List<String> row, int[] widths, int fitting) {
    var line = new StringBuilder(row.getFirst());
    line.append(" ".repeat(widths[0] - row.getFirst().length()));
    if (row.size() < widths.length) {
      return line + GAP + row.get(1);
    }
    for (int column = 1; column < fitting; column++) {
      var cell = row.get(column);
      line.append(GAP).append(" ".repeat(widths[column] - cell.length())).append(cell);
    }
    return line.toString().stripTrailing();
  }

  private static String cut(String line, int columns) {
    return line.length() <= columns ? line : line.substring(0, Math.max(0, columns - 1)) + "…";
  }
}
