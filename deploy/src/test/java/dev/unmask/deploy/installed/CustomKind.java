package dev.unmask.deploy.installed;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.Yaml;

/**
 * What is expected of a kind that an operator brings along: those fields of its published schema
 * that the chart uses, in {@code custom/KIND.yml}. A {@code !} behind a name: it must be there. Any
 * other field than these is refused, whether or not the kind has it.
 */
record CustomKind(Map<?, ?> fields) {
  /** The file of a kind. */
  static CustomKind of(String kind) {
    try (var in = CustomKind.class.getResourceAsStream("/custom/" + kind + ".yml")) {
      if (in == null) {
        throw new IllegalArgumentException(kind + " is of no kind that is known");
      }
      return new CustomKind(new Yaml().load(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Checks an object's fields beside its {@code apiVersion}, {@code kind} and {@code metadata}.
   *
   * @throws IllegalArgumentException naming the field that is unknown, absent or of another type
   */
  void check(JsonObject object) {
    var own = object.deepCopy();
    List.of("apiVersion", "kind", "metadata").forEach(own::remove);
    check("", fields, own);
  }

  private static void check(String path, Object expected, JsonElement found) {
    switch (expected) {
      case Map<?, ?> fields -> checkFields(path, fields, found.getAsJsonObject());
      case List<?> entries ->
          found.getAsJsonArray().forEach(entry -> check(path + "[]", entries.getFirst(), entry));
      default -> require(fits(expected.toString(), found), path + " is not " + expected);
    }
  }

  private static void checkFields(String path, Map<?, ?> fields, JsonObject found) {
    var known =
        fields.entrySet().stream()
            .collect(
                Collectors.toMap(
                    field -> field.getKey().toString().replace("!", ""), Map.Entry::getValue));
    for (var field : found.entrySet()) {
      var name = path + "." + field.getKey();
      require(known.containsKey(field.getKey()), name + " is unknown");
      check(name, known.get(field.getKey()), field.getValue());
    }
    fields.keySet().stream()
        .map(Object::toString)
        .filter(name -> name.endsWith("!"))
        .map(name -> name.replace("!", ""))
        .forEach(name -> require(found.has(name), path + "." + name + " is absent"));
  }

  private static boolean fits(String type, JsonElement found) {
    return switch (type) {
      case "map" -> found.isJsonObject();
      case "string" -> found instanceof JsonPrimitive value && value.isString();
      case "integer" -> found instanceof JsonPrimitive value && value.isNumber();
      default ->
          found instanceof JsonPrimitive value
              && value.isString()
              && Pattern.matches(type, value.getAsString());
    };
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
