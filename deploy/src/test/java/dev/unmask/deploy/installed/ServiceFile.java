package dev.unmask.deploy.installed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.Yaml;

/**
 * What a service's own file says.
 *
 * @param values by their keys, lists with commas
 */
record ServiceFile(Map<String, String> values) {
  /** Reads {@code application-SERVICE.yml} from the class path. */
  static ServiceFile of(String service) {
    try (var in = ServiceFile.class.getResourceAsStream("/application-" + service + ".yml")) {
      var values = new TreeMap<String, String>();
      flatten("", new Yaml().load(in), values);
      return new ServiceFile(values);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void flatten(String key, Object value, Map<String, String> values) {
    switch (value) {
      case Map<?, ?> fields ->
          fields.forEach((name, field) ->
              flatten(key.isEmpty() ? "" + name : key + "." + name, field, values));
      case List<?> entries ->
          values.put(key, entries.stream().map(Object::toString).collect(Collectors.joining(",")));
      default -> values.put(key, value.toString());
    }
  }
}
