package dev.unmask.worker.serving;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The largest resident memory a process has had, as Linux tells it; tensors on a GPU are not in it.
 *
 * @param status the process's status file
 */
public record PeakMemory(Path status) {
  private static final String FIELD = "VmHWM:";
  private static final int KIBIBYTE = 1024;

  /** Of the process that asks. */
  public static PeakMemory ofThisProcess() {
    return new PeakMemory(Path.of("/proc/self/status"));
  }

  /** Bytes so far; 0 where the system does not tell. */
  public long bytes() {
    try (var lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith(FIELD))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * KIBIBYTE)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }
}
