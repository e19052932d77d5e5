package dev.unmask.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * The meter of the process's memory: what libtorch and mapped files have is in no meter of the JVM.
 * Where the system does not tell (it is no Linux), there is no such meter.
 *
 * @param status what Linux tells of a process, {@code /proc/self/status}
 */
record ResidentMemory(Path status) implements MeterBinder {
  private static final Pattern LINE = Pattern.compile("(?m)^VmRSS:\\s+(\\d{1,15}) kB$");

  static ResidentMemory ofThisProcess() {
    return new ResidentMemory(Path.of("/proc/self/status"));
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    if (bytes().isPresent()) {
      Gauge.builder("process_resident_memory_bytes", () -> bytes().orElse(0))
          .description("Memory that the process has in RAM, mapped files included.")
          .register(registry);
    }
  }

  OptionalLong bytes() {
    try {
      return LINE.matcher(Files.readString(status))
          .results()
          .mapToLong(line -> Long.parseLong(line.group(1)) * 1024)
          .findFirst();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }
}
