package dev.unmask.contract.limits;

import dev.unmask.contract.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The constants of {@link Limits}: what they are, and what their source says of them. */
final class Constants {
  private static final Path SOURCE =
      Path.of("src", "main", "java", "dev", "unmask", "contract", "Limits.java");
  private static final Pattern CONSTANT =
      Pattern.compile(
          "/\\*\\*((?:(?!\\*/).)*)\\*/\\s*public static final \\S+ ([A-Z_]+) =", Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("\\{@link #([A-Z_]+)\\}");

  private Constants() {}

  static Object value(String name) {
    try {
      return Limits.class.getField(name).get(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("Limits has no " + name, e);
    }
  }

  /** What each is, in the order of the source. */
  static Map<String, String> meanings() throws IOException {
    var meanings = new LinkedHashMap<String, String>();
    CONSTANT
        .matcher(Files.readString(SOURCE))
        .results()
        .forEach(found -> meanings.put(found.group(2), meaning(found)));
    return meanings;
  }

  private static String meaning(MatchResult found) {
    var text = found.group(1).replaceAll("\\s*\\n\\s*\\*?\\s*", " ").strip();
    return LINK.matcher(text).replaceAll("`$1`");
  }
}
