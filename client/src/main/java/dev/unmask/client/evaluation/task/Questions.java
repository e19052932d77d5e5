package dev.unmask.client.evaluation.task;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes items of a file's records and keeps what cannot become one. */
final class Questions {
  private final Rows source;
  private final List<Malformed> malformed;
  private final Map<String, Integer> lines = new LinkedHashMap<>();
  private final List<Item> items = new ArrayList<>();

  Questions(Rows source) {
    this.source = source;
    this.malformed = new ArrayList<>(source.malformed());
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

  /** The same for some of a file's records. */
  static Items of(Rows source, List<Row> rows, Maker maker) throws IOException {
    var questions = new Questions(source);
    rows.forEach(row -> questions.add(row, maker));
    return questions.items();
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
      malformed.add(new Malformed(source.file(), row.line(), e.getMessage()));
    }
  }

  private Items items() throws IOException {
    if (items.isEmpty()) {
      throw new IOException(source.file() + " holds no question" + firstFault());
    }
    return new Items(items, malformed);
  }

  private String firstFault() {
    return malformed.isEmpty()
        ? ""
        : ", but " + malformed.size() + " malformed records, the first: " + malformed.getFirst();
  }
}
