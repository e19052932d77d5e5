package dev.unmask.deploy.installed;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.Yaml;

/** An object of Kubernetes, as JSON. */
public record Manifest(JsonObject object) {
  private static final String MODELS = "io.kubernetes.client.openapi.models.";

  /** Groups whose kinds are Kubernetes' own. */
  private static final Set<String> OWN =
      Set.of("v1", "apps/v1", "autoscaling/v2", "policy/v1", "networking.k8s.io/v1");

  /** All objects of a text in YAML. */
  static List<Manifest> read(String yaml) {
    return StreamSupport.stream(new Yaml().loadAll(yaml).spliterator(), false)
        .filter(Objects::nonNull)
        .map(document -> new Manifest(new Gson().toJsonTree(document).getAsJsonObject()))
        .toList();
  }

  public String kind() {
    return object.get("kind").getAsString();
  }

  public String name() {
    return object.getAsJsonObject("metadata").get("name").getAsString();
  }

  /** Whether it runs pods. */
  public boolean workload() {
    return Set.of("Deployment", "StatefulSet").contains(kind());
  }

  public JsonObject spec() {
    return object.getAsJsonObject("spec");
  }

  /**
   * Checks it against the schema of its kind, or what is expected of it, if an operator brings it.
   *
   * @throws IllegalArgumentException naming a field that is unknown, absent or of another type
   */
  void check() {
    var group = object.get("apiVersion").getAsString();
    if (!OWN.contains(group)) {
      CustomKind.of(kind()).check(object);
      return;
    }
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

  /** Which of the services it runs; of a workload. */
  public String part() {
    return labels().get("app.kubernetes.io/component");
  }

  /** Labels of its pods; of a workload. */
  Map<String, String> labels() {
    return words(template().getAsJsonObject("metadata").getAsJsonObject("labels"));
  }

  /** What runs its containers; of a workload. */
  JsonObject pod() {
    return template().getAsJsonObject("spec");
  }

  /** Its only container; of a workload. */
  JsonObject container() {
    return pod().getAsJsonArray("containers").get(0).getAsJsonObject();
  }

  /** The arguments {@code --KEY=VALUE} of its container; of a workload. */
  public Map<String, String> settings() {
    var settings = new TreeMap<String, String>();
    for (var argument : container().getAsJsonArray("args")) {
      var text = argument.getAsString();
      int equals = text.indexOf('=');
      settings.put(text.substring(2, equals), text.substring(equals + 1));
    }
    return settings;
  }

  /** An object's fields as texts. */
  static Map<String, String> words(JsonObject object) {
    var words = new TreeMap<String, String>();
    object.entrySet().forEach(field -> words.put(field.getKey(), field.getValue().getAsString()));
    return words;
  }

  /** The objects of an array; none, if there is no array. */
  static Stream<JsonObject> objects(JsonObject owner, String array) {
    return owner.has(array)
        ? owner.getAsJsonArray(array).asList().stream().map(JsonElement::getAsJsonObject)
        : Stream.of();
  }

  @Override
  public String toString() {
    return kind() + " " + name();
  }

  private JsonObject template() {
    return spec().getAsJsonObject("template");
  }
}
