package dev.unmask.client.evaluation.report.table;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Cells padded so that columns stand below each other. */
final class TextColumns {
  private TextColumns() {}

  /** The header, a row of dashes, and the rows, every cell as wide as its column. */
  static List<List<String>> lines(List<String> header, List<List<String>> rows) {
    var widths =
        IntStream.range(0, header.size())
            .map(column ->
                Stream.concat(Stream.of(header), rows.stream())
                    .mapToInt(row -> width(row.get(column)))
                    .max()
                    .orElse(1))
            .map(width -> Math.max(3, width))
            .toArray();
    var lines = new ArrayList<List<String>>();
    lines.add(padded(header, widths));
    lines.add(IntStream.of(widths).mapToObj("-"::repeat).toList());
    rows.forEach(row -> lines.add(padded(row, widths)));
    return lines;
  }

  private static List<String> padded(List<String> row, int[] widths) {
    return IntStream.range(0, row.size())
        .mapToObj(column -> row.get(column) + " ".repeat(widths[column] - width(row.get(column))))
        .toList();
  }

  private static int width(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
