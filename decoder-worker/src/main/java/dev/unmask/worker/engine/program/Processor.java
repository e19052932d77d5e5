package dev.unmask.worker.engine.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * What the processor of this machine can do, as Linux tells it.
 *
 * @param description the file that tells it
 */
public record Processor(Path description) {
  private static final String FLAGS = "flags";

  /** That of the machine this runs on. */
  public static Processor here() {
    return new Processor(Path.of("/proc/cpuinfo"));
  }

  /** Names of instruction sets that the first core has; none if it cannot be told. */
  Set<String> instructions() {
    try (var lines = Files.lines(description)) {
      return lines
          .map(line -> line.split(":", 2))
          .filter(line -> line.length == 2 && line[0].strip().equals(FLAGS))
          .findFirst()
          .map(line -> Set.of(line[1].strip().split("\\s+")))
          .orElse(Set.of());
    } catch (IOException e) {
      // Another system, or one that hides it: nobody is to be kept from starting by that.
      return Set.of();
    }
  }
}
