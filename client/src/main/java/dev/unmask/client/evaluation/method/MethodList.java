package dev.unmask.client.evaluation.method;

import dev.unmask.client.evaluation.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Methods to compare, read from text: {@code name = setting=value, setting=value}, one a line or
 * between semicolons. {@code #} starts a comment, the name {@code *} stands for what all have in
 * common, and a name alone is that of the standard list.
 */
public final class MethodList {
  private static final String STANDARD = "methods.txt";
  private static final String BLOCK_CAUSAL = "methods-block.txt";
  private static final String COMMON = "*";
  private static final Pattern COMMA = Pattern.compile(",");
  private static final Pattern SEMICOLON = Pattern.compile(";");

  private MethodList() {}

  /** The methods of the papers, and a few more. */
  public static List<Method> standard() {
    return shipped(STANDARD);
  }

  /** Those of block-causal models. */
  static List<Method> blockCausal() {
    return shipped(BLOCK_CAUSAL);
  }

  private static List<Method> shipped(String name) {
    try (var text = MethodList.class.getResourceAsStream(name)) {
      return read(new String(text.readAllBytes(), StandardCharsets.UTF_8), Map.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A list of one's own.
   *
   * @throws IllegalArgumentException when it is empty, names a method twice, or a setting is wrong
   */
  public static List<Method> parse(String text) {
    var known = new LinkedHashMap<String, Method>();
    standard().forEach(method -> known.put(method.name(), method));
    return read(text, known);
  }

  private static List<Method> read(String text, Map<String, Method> known) {
    var common = Settings.none();
    var methods = new LinkedHashMap<String, Method>();
    for (var entry : entries(text)) {
      int equals = entry.indexOf('=');
      var name = (equals < 0 ? entry : entry.substring(0, equals)).strip();
      if (equals < 0) {
        add(methods, known(name, known));
        continue;
      }
      var settings = settings(name, entry.substring(equals + 1));
      if (name.equals(COMMON)) {
        common = settings;
      } else {
        add(methods, new Method(name, common, settings));
      }
    }
    if (methods.isEmpty()) {
      throw new IllegalArgumentException("a list of methods must have one; it is empty");
    }
    return List.copyOf(methods.values());
  }

  private static List<String> entries(String text) {
    return text.lines()
        .map(line -> line.replaceFirst("#.*", ""))
        .flatMap(SEMICOLON::splitAsStream)
        .map(String::strip)
        .filter(entry -> !entry.isEmpty())
        .toList();
  }

  private static Settings settings(String name, String text) {
    var parts = COMMA.splitAsStream(text).map(String::strip).filter(p -> !p.isEmpty()).toList();
    try {
      return Settings.parse(parts);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("method " + name + ": " + e.getMessage(), e);
    }
  }

  private static Method known(String name, Map<String, Method> known) {
    if (!known.containsKey(name)) {
      throw new IllegalArgumentException(
          "no method is called " + name + "; there are " + String.join(", ", known.keySet()));
    }
    return known.get(name);
  }

  private static void add(Map<String, Method> methods, Method method) {
    if (method.name().isEmpty() || methods.putIfAbsent(method.name(), method) != null) {
      throw new IllegalArgumentException(
          method.name().isEmpty()
              ? "a method has no name"
              : "two methods are called " + method.name());
    }
  }
}
