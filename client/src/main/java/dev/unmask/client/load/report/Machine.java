package dev.unmask.client.load.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * A machine, as far as figures depend on it.
 *
 * @param system operating system and its version
 * @param architecture of the processor
 * @param processor its name; empty when the system does not tell
 * @param processors how many a process may use
 * @param java version of the virtual machine
 */
public record Machine(
    String system, String architecture, String processor, int processors, String java) {
  private static final Path LINUX_PROCESSORS = Path.of("/proc/cpuinfo");

  /** The machine this process runs on. */
  public static Machine ofProcess() {
    return of(System.getProperties(), Runtime.getRuntime().availableProcessors(), LINUX_PROCESSORS);
  }

  static Machine of(Properties properties, int processors, Path processorFile) {
    return new Machine(
        properties.getProperty("os.name") + " " + properties.getProperty("os.version"),
        properties.getProperty("os.arch"),
        processor(processorFile),
        processors,
        properties.getProperty("java.vm.version"));
  }

  /** For people. */
  String words() {
    return "%d × %s (%s), %s, Java %s"
        .formatted(
            processors, processor.isEmpty() ? "processor" : processor, architecture, system, java);
  }

  private static String processor(Path file) {
    try (var lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith("model name") && line.contains(":"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("");
    } catch (IOException e) {
      return "";
    }
  }
}
