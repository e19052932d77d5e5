package dev.unmask.client.evaluation.task.shots;

import dev.unmask.client.evaluation.task.file.Fault;
import dev.unmask.client.evaluation.task.file.Row;
import dev.unmask.client.evaluation.task.file.RowException;
import dev.unmask.client.evaluation.task.file.Rows;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Solved examples out of a file.
 *
 * @param shots the first that can be read
 * @param rest the file's other records
 * @param unused what of the file cannot be an example, as far as it was looked at
 */
public record Examples(List<Shot> shots, List<Row> rest, Rows unused) {
  /** Makes an example of one record. */
  @FunctionalInterface
  public interface Maker {
    /** An example, unless the record lacks something. */
    Shot make(Row row) throws RowException;
  }

  /**
   * The first examples of a file, at least so many and at most so many.
   *
   * @throws IOException when it has fewer
   */
  public static Examples of(Rows source, int least, int most, Maker maker) throws IOException {
    var shots = new ArrayList<Shot>();
    var rest = new ArrayList<Row>();
    var faults = new ArrayList<>(source.faults());
    for (var row : source.rows()) {
      if (shots.size() == most) {
        rest.add(row);
        continue;
      }
      try {
        shots.add(maker.make(row));
      } catch (RowException e) {
        rest.add(row);
        faults.add(new Fault(row.line(), e.getMessage()));
      }
    }
    if (shots.size() < least) {
      throw new IOException(
          source.file() + " has " + shots.size() + " examples, but shots are " + least);
    }
    return new Examples(shots, rest, new Rows(source.file(), List.of(), faults));
  }
}
