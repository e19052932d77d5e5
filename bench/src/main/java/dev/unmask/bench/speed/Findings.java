package dev.unmask.bench.speed;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Named results, printed as they come. */
final class Findings {
  private final Map<String, Object> values = new LinkedHashMap<>();

  void note(String name, Object value) {
    values.put(name, value);
    System.out.println("| " + name + " | " + value + " |");
  }

  /** Notes seconds since a time of {@link System#nanoTime}. */
  void seconds(String name, long since) {
    note(name, (System.nanoTime() - since) / 1e9);
  }

  void note(String name, Timing timing) {
    note(name + "_ms", timing.median());
    note(name + "_ms_low", timing.low());
    note(name + "_ms_high", timing.high());
  }

  /** Writes all as one JSON object. */
  void write(Path file) throws IOException {
    new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(file.toFile(), values);
  }
}
