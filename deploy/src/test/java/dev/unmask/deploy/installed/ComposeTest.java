package dev.unmask.deploy.installed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.config.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** compose.yaml says what the services know, and Prometheus is sent to ports that they open. */
class ComposeTest {
  private static final Set<String> FOREIGN = Set.of("DJL_CACHE_DIR");
  private static final Pattern TARGET = Pattern.compile("\"([a-z]+)(-\\d)?:(\\d+)\"");

  @Test
  void environment_ofOurServices_isSettingsThatAreKnown() {
    assertThat(ours())
        .hasSize(6)
        .allSatisfy((_, service) ->
            assertThat(environment(service).keySet())
                .filteredOn(name -> !FOREIGN.contains(name))
                .isNotEmpty()
                .isSubsetOf(known()));
  }

  @Test
  void prometheus_scrapesEveryService_atThePortThatItOpens() {
    var config = child(child(file(), "configs"), "prometheus").get("content").toString();
    var targets =
        TARGET.matcher(config).results().map(found -> found.group().replace("\"", "")).toList();
    var expected =
        ours().entrySet().stream()
            .map(service -> {
              var port = environment(service.getValue()).getOrDefault("UNMASK_METRICS_PORT", 7300);
              return service.getKey() + ":" + port;
            })
            .toList();
    assertThat(targets).containsExactlyInAnyOrderElementsOf(expected);
  }

  private static Map<String, Map<String, Object>> ours() {
    var services = child(file(), "services");
    return services.keySet().stream()
        .filter(name -> child(services, name).get("image").toString().startsWith("unmask-"))
        .collect(Collectors.toMap(name -> name, name -> child(services, name)));
  }

  private static Map<String, Object> environment(Map<String, Object> service) {
    return child(service, "environment");
  }

  private static Map<String, Object> file() {
    try {
      return new Yaml().load(Files.readString(Path.of("compose.yaml")));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @SuppressWarnings("unchecked") // a mapping's keys are words
  private static Map<String, Object> child(Map<String, Object> parent, String name) {
    return (Map<String, Object>) parent.get(name);
  }

  private static Set<String> known() {
    var own =
        Stream.of(
                dev.unmask.gateway.config.KnownSettings.ALL,
                dev.unmask.worker.config.KnownSettings.ALL,
                dev.unmask.cache.config.KnownSettings.ALL)
            .flatMap(List<Setting>::stream)
            .map(setting -> setting.name().replace("NAMESPACE", "default"));
    var files =
        Stream.of("gateway", "worker", "cache")
            .flatMap(service -> ServiceFile.of(service).values().keySet().stream());
    return Stream.concat(own, files)
        .map(key -> key.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"))
        .collect(Collectors.toSet());
  }
}
