package dev.unmask.worker.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.unmask.worker.model.files.CheckpointException;
import dev.unmask.worker.model.files.JsonFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A checkpoint's {@code config.json}, with {@code generation_config.json} behind it for special ids
 * only. Every reader names the field it refuses.
 */
final class ModelConfig {
  private final Path path;
  private final JsonNode fields;
  private final JsonNode generation;

  private ModelConfig(Path path, JsonNode fields, JsonNode generation) {
    this.path = path;
    this.fields = fields;
    this.generation = generation;
  }

  /**
   * Reads a folder's configuration.
   *
   * @throws CheckpointException if there is none or it is not JSON
   */
  static ModelConfig read(Path folder) {
    var path = folder.resolve("config.json");
    var generation = folder.resolve("generation_config.json");
    return new ModelConfig(
        path,
        tree(path),
        Files.exists(generation) ? tree(generation) : JsonNodeFactory.instance.objectNode());
  }

  private static JsonNode tree(Path path) {
    try {
      return JsonFile.read(path);
    } catch (IOException e) {
      throw new CheckpointException(
          path + " is not a readable configuration: " + e.getMessage(), e);
    }
  }

  /** A positive whole number that must be there. */
  int count(String field) {
    return whole(field, field(field), 1);
  }

  /** A positive whole number; {@code otherwise} if it is absent or null. */
  int count(String field, int otherwise) {
    return has(field) ? count(field) : otherwise;
  }

  /** A positive number that must be there. */
  double number(String field) {
    var value = field(field);
    if (!value.isNumber() || !(value.asDouble() > 0) || Double.isInfinite(value.asDouble())) {
      throw refusal(field + " must be a positive number, not " + value);
    }
    return value.asDouble();
  }

  /** A switch; {@code otherwise} if it is absent or null. */
  boolean flag(String field, boolean otherwise) {
    return has(field) ? fields.get(field).asBoolean() : otherwise;
  }

  /** A text that must be there. */
  String text(String field) {
    return field(field).asText();
  }

  /** The id of a special token, below {@code vocabulary}; of a list the first. */
  int token(String field, int vocabulary) {
    var value = has(field) ? fields.get(field) : generation.path(field);
    int id = whole(field, value.isArray() ? value.path(0) : value, 0);
    if (id >= vocabulary) {
      throw refusal(field + " is " + id + ", but the vocabulary has " + vocabulary + " tokens");
    }
    return id;
  }

  /** Refuses any value of a field but this one; absent and null pass. */
  void expect(String field, Object supported) {
    if (has(field) && !fields.get(field).asText().equals(supported.toString())) {
      throw refusal(
          "%s=%s is not supported, only %s"
              .formatted(field, fields.get(field).asText(), supported));
    }
  }

  /** Refuses a field that is there and not null. */
  void expectNone(String field) {
    if (has(field)) {
      throw refusal(field + "=" + fields.get(field) + " is not supported");
    }
  }

  /** Whether a field is there and not null. */
  boolean has(String field) {
    return fields.hasNonNull(field);
  }

  private JsonNode field(String field) {
    if (!has(field)) {
      throw refusal(field + " is missing");
    }
    return fields.get(field);
  }

  private int whole(String field, JsonNode value, int least) {
    if (!value.isIntegralNumber() || !value.canConvertToInt() || value.asInt() < least) {
      throw refusal(field + " must be a whole number of at least " + least + ", not " + value);
    }
    return value.asInt();
  }

  CheckpointException refusal(String reason) {
    return new CheckpointException(path + ": " + reason);
  }
}
