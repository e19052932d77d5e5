package dev.unmask.bench.fleet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** What lives on the heap of another Java process, by the JDK's jcmd. */
public final class LiveHeap {
  private LiveHeap() {}

  /** Bytes of objects that are left after a full collection. */
  public static long bytes(long process) {
    var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    var histogram = new ProcessBuilder(jcmd, Long.toString(process), "GC.class_histogram");
    try (var lines =
        histogram.redirectErrorStream(true).start().inputReader(StandardCharsets.UTF_8)) {
      return lines
          .lines()
          .filter(line -> line.startsWith("Total"))
          .mapToLong(line -> Long.parseLong(line.strip().split("\\s+", -1)[2]))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
