package dev.unmask.deploy.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a process has of the machine, as Linux tells it.
 *
 * @param residentKib memory that is not on disk, in KiB
 * @param descriptors open files and sockets
 * @param threads of the system
 */
record Vitals(long residentKib, long descriptors, long threads) {
  /** Of a process that lives. */
  static Vitals of(ProcessHandle process) {
    var folder = Path.of("/proc", Long.toString(process.pid()));
    try (var open = Files.list(folder.resolve("fd"))) {
      var status = Files.readAllLines(folder.resolve("status"));
      return new Vitals(number(status, "VmRSS:"), open.count(), number(status, "Threads:"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long number(Iterable<String> status, String name) {
    for (var line : status) {
      if (line.startsWith(name)) {
        return Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    throw new IllegalStateException("no " + name);
  }
}
