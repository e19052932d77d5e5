package dev.unmask.bench.eviction;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/**
 * Requests in order.
 *
 * @param name what it is
 * @param accesses the requests
 */
record Trace(String name, List<Access> accesses) {
  Trace {
    accesses = List.copyOf(accesses);
  }

  /**
   * A recorded one: lines as {@link Access#parse} reads them, gzipped if the name says so.
   *
   * @throws IOException if the file cannot be read
   */
  static Trace read(Path file) throws IOException {
    boolean packed = file.toString().endsWith(".gz");
    try (var raw = Files.newInputStream(file);
        var lines =
            new BufferedReader(
                new InputStreamReader(packed ? new GZIPInputStream(raw) : raw, UTF_8))) {
      return new Trace(
          "recorded: " + file.getFileName(), lines.lines().map(Access::parse).toList());
    }
  }

  /** Bytes of all states together. */
  long footprint() {
    return accesses.stream()
        .collect(Collectors.toMap(Access::state, Access::bytes, Math::max))
        .values()
        .stream()
        .mapToLong(Long::longValue)
        .sum();
  }
}
