package dev.unmask.bench.store;

import dev.unmask.page.PageRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Resident memory of a cache-service that was told to hold so many bytes of pages and was sent
 * three times as many, and the time it takes to serve again after it was killed then. Prints one
 * row of a Markdown table.
 *
 * <p>Arguments: file of JVM flags; folder for the store, which must not exist; payload in MiB;
 * payload of a page in KiB. Times of starts are a killed store's, then a whole one's; folders lie
 * in the page cache.
 */
public final class ResidentMemory {
  private ResidentMemory() {}

  /** Measures and prints. */
  public static void main(String[] arguments) throws IOException {
    var flags = Path.of(arguments[0]);
    var folder = Files.createDirectory(Path.of(arguments[1]));
    long payload = Long.parseLong(arguments[2]) << 20;
    int page = Integer.parseInt(arguments[3]) << 10;
    int slot = page + 4096;
    var settings =
        Map.<String, Object>of(
            "unmask.cache.directory",
            folder.toString(),
            "unmask.cache.slabs[0].slot-bytes",
            slot,
            "unmask.cache.slabs[0].capacity-bytes",
            payload / page * slot,
            "grpc.server.port",
            0);
    try (var cache = new CacheProcess(flags, settings)) {
      long idle = cache.residentBytes();
      long start = System.nanoTime();
      new PageWriter(cache.channel(), page + PageRecord.HEADER_BYTES).write(3 * payload);
      double seconds = (System.nanoTime() - start) / 1e9;
      long full = cache.residentBytes();
      cache.kill();
      System.out.printf(
          "| %d MiB | %d KiB | %d MiB | %d MiB | %.2f | %.0f MB/s | %.1f s | %.1f s |%n",
          payload >> 20,
          page >> 10,
          idle >> 20,
          full >> 20,
          (double) full / payload,
          3 * payload / seconds / 1e6,
          start(flags, settings),
          start(flags, settings));
    }
  }

  /** Seconds from a process's start until it serves; the process is stopped in order. */
  private static double start(Path flags, Map<String, Object> settings) throws IOException {
    long start = System.nanoTime();
    try (var cache = new CacheProcess(flags, settings)) {
      double seconds = (System.nanoTime() - start) / 1e9;
      cache.residentBytes();
      return seconds;
    }
  }
}
