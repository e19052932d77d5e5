package dev.unmask.worker.preference;

import com.fasterxml.jackson.databind.JsonNode;
import dev.unmask.contract.preference.PreferenceWords;
import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.Model;
import dev.unmask.type.v1.Preference;
import dev.unmask.type.v1.PreferredMethod;
import dev.unmask.worker.model.files.CheckpointException;
import dev.unmask.worker.model.files.JsonFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code methods.json} in a model's folder: what {@code bench/run preference.MethodTable} has
 * measured.
 */
public final class MethodsFile {
  /** Its name. */
  public static final String NAME = "methods.json";

  private static final Logger LOG = LoggerFactory.getLogger(MethodsFile.class);
  private static final String PREFERENCES = "preferences";

  private MethodsFile() {}

  /**
   * Reads what each preference gets.
   *
   * @param model the folder's; a table of other weights counts for nothing
   * @return one method a preference, or none at all if there is no such file
   * @throws CheckpointException if it is not such a file, or has methods that do not fit the model
   */
  public static List<PreferredMethod> read(Path folder, Model model) {
    var file = folder.resolve(NAME);
    if (!Files.exists(file)) {
      return List.of();
    }
    var weights = HexFormat.of().formatHex(model.getIdentity().getWeightsDigest().toByteArray());
    try {
      var json = JsonFile.read(file);
      if (!json.required("weights_digest").asText().equals(weights)) {
        LOG.warn("{}: weights_digest is of other weights; the table counts for nothing", file);
        return List.of();
      }
      return preferred(json, methods(json, new MethodJson(model)));
    } catch (IOException e) {
      throw new CheckpointException(file + " cannot be read: " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new CheckpointException(file + ": " + e.getMessage(), e);
    }
  }

  private static Map<String, DecodingSpec> methods(JsonNode json, MethodJson reading) {
    var methods = new LinkedHashMap<String, DecodingSpec>();
    int index = 0;
    for (var method : json.required("methods")) {
      var field = "methods[" + index++ + "]";
      var name = method.path("name").asText();
      if (name.isEmpty() || methods.containsKey(name)) {
        throw new IllegalArgumentException(field + ".name must be there, and no other one's");
      }
      methods.put(name, reading.read(field + ".spec", method.path("spec")));
    }
    return methods;
  }

  private static List<PreferredMethod> preferred(JsonNode json, Map<String, DecodingSpec> methods) {
    var names = json.required(PREFERENCES);
    names
        .fieldNames()
        .forEachRemaining(word -> {
          if (PreferenceWords.named(word).isEmpty()) {
            throw new IllegalArgumentException(PREFERENCES + "." + word + " is no preference");
          }
        });
    return PreferenceWords.all().stream()
        .map(preference -> preferred(preference, names, methods))
        .toList();
  }

  private static PreferredMethod preferred(
      Preference preference, JsonNode names, Map<String, DecodingSpec> methods) {
    var word = PreferenceWords.of(preference);
    var name = names.path(word).asText();
    var method =
        Optional.ofNullable(methods.get(name))
            .orElseThrow(() ->
                new IllegalArgumentException(
                    PREFERENCES + "." + word + " must name one of methods, was '" + name + "'"));
    return PreferredMethod.newBuilder()
        .setPreference(preference)
        .setName(name)
        .setMethod(method)
        .build();
  }
}
