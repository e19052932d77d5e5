package dev.unmask.client.evaluation.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Texts that are kept as resources. */
public final class Texts {
  private static final String EQUALS = " = ";

  private Texts() {}

  /** A text. */
  public static String read(String name) {
    try (var text = Texts.class.getResourceAsStream(name)) {
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What every figure is, by name, in the order to print it. */
  public static Map<String, String> definitions() {
    var definitions = new LinkedHashMap<String, String>();
    read("definitions.txt")
        .lines()
        .forEach(line -> {
          int equals = line.indexOf(EQUALS);
          definitions.put(line.substring(0, equals), line.substring(equals + EQUALS.length()));
        });
    return Collections.unmodifiableMap(definitions);
  }
}
