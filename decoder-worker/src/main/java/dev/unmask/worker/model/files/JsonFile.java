package dev.unmask.worker.model.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.unmask.contract.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the JSON files of a model's folder, which may come from anywhere: regular, and bounded. */
public final class JsonFile {
  private static final ObjectMapper JSON = new ObjectMapper();

  private JsonFile() {}

  /**
   * All of a file.
   *
   * @throws IOException if it cannot be read, is longer than {@link Limits#CHECKPOINT_JSON_BYTES}
   *     or no JSON
   */
  public static JsonNode read(Path path) throws IOException {
    require(path, Limits.CHECKPOINT_JSON_BYTES);
    try {
      return JSON.readTree(Files.readAllBytes(path));
    } catch (JsonProcessingException e) {
      throw new IOException(path + " is no JSON: " + e.getOriginalMessage(), e);
    }
  }

  /**
   * Checks a file before it is read.
   *
   * @throws IOException if it is no regular file or larger than a bound
   */
  public static void require(Path path, long most) throws IOException {
    // A pipe or a device would be read for ever.
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw new IOException(path + " is no regular file");
    }
    long bytes = Files.size(path);
    if (bytes > most) {
      throw new IOException(path + " has " + bytes + " bytes, most are " + most);
    }
  }
}
