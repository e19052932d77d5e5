package dev.unmask.metrics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What docs/metrics.md says there is, for tests of modules beside docs. */
public final class DocumentedMetrics {
  private static final Path PAGE = Path.of("..", "docs", "metrics.md");
  private static final Pattern ROW = Pattern.compile("\\| `(unmask_\\w+)` \\| (\\w+) \\|.*");

  private DocumentedMetrics() {}

  /**
   * Types of metrics by name.
   *
   * @param heading of the service's table
   */
  public static Map<String, String> of(String heading) {
    try {
      var types = new TreeMap<String, String>();
      var table = Files.readString(PAGE).split("\n## " + heading + "\n", 2)[1].split("\n## ", 2)[0];
      ROW.matcher(table).results().forEach(row -> types.put(row.group(1), row.group(2)));
      return types;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
