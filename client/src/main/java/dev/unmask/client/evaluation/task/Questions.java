package dev.unmask.client.evaluation.task;

import dev.unmask.client.evaluation.task.file.Row;
import dev.unmask.client.evaluation.task.file.RowException;
import dev.unmask.client.evaluation.task.file.Rows;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes items of a file's records and keeps what cannot become one. */
final class Questions {
  private final Path file;
  private final Map<String, Integer> lines = new HashMap<>();
  private final List<Item> items = new ArrayList<>();
  private final List<Malformed> malformed = new ArrayList<>();

  private Questions(Path file) {
    this.file = file;
  }

  /** Makes an item of one record. */
  @FunctionalInterface
  interface Maker {
    Item make(Row row) throws RowException;
  }

  /**
   * Makes an item of every record.
   *
   * @throws IOException when not one can be asked
   */
  static Items of(Rows source, Maker maker) throws IOException {
    return of(source, source.rows(), maker);
  }

  /**
   * Makes an item of some of a file's records; what is wrong with the others is told as well.
   *
   * @throws IOException when not one can be asked
   */
  static Items of(Rows source, List<Row> rows, Maker maker) throws IOException {
    var questions = new Questions(source.file());
    questions.malformed.addAll(malformed(source));
    rows.forEach(row -> questions.add(row, maker));
    return questions.items();
  }

  /** What of a file could not be read. */
  static List<Malformed> malformed(Rows source) {
    return source.faults().stream()
        .map(fault -> new Malformed(source.file(), fault.line(), fault.reason()))
        .toList();
  }

  private void add(Row row, Maker maker) {
    try {
      var item = maker.make(row);
      var before = lines.putIfAbsent(item.id(), row.line());
      if (before != null) {
        throw new RowException("id " + item.id() + " is that of line " + before);
      }
      items.add(item);
    } catch (RowException e) {
      malformed.add(new Malformed(file, row.line(), e.getMessage()));
    }
  }

  private Items items() throws IOException {
    if (items.isEmpty()) {
      throw new IOException(file + " holds no question" + firstFault());
    }
    return new Items(items, malformed);
  }

  private String firstFault() {
    return malformed.isEmpty()
        ? ""
        : "; " + malformed.size() + " malformed, the first: " + malformed.getFirst();
  }
}
