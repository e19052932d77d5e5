package dev.unmask.client.evaluation.task.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The records of a file.
 *
 * @param file where they are
 * @param rows those that can be read, in the file's order
 * @param faults those that cannot
 */
public record Rows(Path file, List<Row> rows, List<Fault> faults) {
  /** Largest file, in bytes; the largest of the known benchmarks has 5 MB. */
  public static final long FILE_BYTES = 64L << 20;

  public Rows {
    rows = List.copyOf(rows);
    faults = List.copyOf(faults);
  }

  /**
   * Reads one JSON object a line, or one JSON list of objects. A byte order mark, empty lines,
   * either line end and a last line without one are read; what is wrong with a line concerns that
   * line only.
   *
   * @throws IOException when the file cannot be read or has more than 64 MiB
   */
  public static Rows read(Path file) throws IOException {
    long size = Files.size(file);
    if (size > FILE_BYTES) {
      throw new IOException(file + " has " + size + " bytes; at most " + FILE_BYTES + " are read");
    }
    return of(file, Files.readAllBytes(file));
  }

  /** The same for a file's content. */
  public static Rows of(Path file, byte[] content) throws IOException {
    return new RowReader(file, content).read();
  }
}
