package dev.unmask.client.evaluation.report.table;

import java.util.List;

/**
 * A table to print.
 *
 * @param title what it shows
 * @param note what a reader must know; may be empty
 * @param header names of columns
 * @param rows as many cells each as there are columns; the first names the row
 */
public record Table(String title, String note, List<String> header, List<List<String>> rows) {
  public Table {
    header = List.copyOf(header);
    rows = rows.stream().map(List::copyOf).toList();
    int columns = header.size();
    if (rows.stream().anyMatch(row -> row.size() != columns)) {
      throw new IllegalArgumentException("a row of " + title + " has not " + columns + " cells");
    }
  }
}
