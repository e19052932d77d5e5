package dev.unmask.deploy.installed;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.Yaml;

/**
 * An object of Kubernetes as a file writes it.
 *
 * @param file where it stands
 * @param object as JSON
 */
record Manifest(Path file, JsonObject object) {
  private static final String MODELS = "io.kubernetes.client.openapi.models.";

  /** All objects in the files of a folder. */
  static List<Manifest> in(Path folder) {
    try (var files = Files.list(folder)) {
      return files
          .filter(file -> !file.endsWith("kustomization.yaml"))
          .sorted()
          .flatMap(Manifest::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Manifest> read(Path file) {
    try {
      var documents = new Yaml().loadAll(Files.readString(file));
      return StreamSupport.stream(documents.spliterator(), false)
          .map(document -> new Gson().toJsonTree(document).getAsJsonObject())
          .map(object -> new Manifest(file, object));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String kind() {
    return object.get("kind").getAsString();
  }

  String name() {
    return object.getAsJsonObject("metadata").get("name").getAsString();
  }

  /**
   * Checks it against the schema of its kind.
   *
   * @throws IllegalArgumentException naming a field that is unknown, absent or of another type
   */
  void check() {
    var group = object.get("apiVersion").getAsString();
    var version = group.substring(group.indexOf('/') + 1).replaceFirst("^v", "V");
    try {
      Class.forName(MODELS + version + kind())
          .getMethod("validateJsonElement", JsonElement.class)
          .invoke(null, object);
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(this + ": " + e.getCause().getMessage(), e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(this + " is of no kind that is known", e);
    }
  }

  /** What runs its containers; of a workload. */
  JsonObject pod() {
    return object.getAsJsonObject("spec").getAsJsonObject("template").getAsJsonObject("spec");
  }

  /** Its only container; of a workload. */
  JsonObject container() {
    return pod().getAsJsonArray("containers").get(0).getAsJsonObject();
  }

  @Override
  public String toString() {
    return kind() + " " + name();
  }
}
