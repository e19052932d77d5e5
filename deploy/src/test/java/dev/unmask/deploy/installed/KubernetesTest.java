package dev.unmask.deploy.installed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class KubernetesTest {
  private static final Path FOLDER = Path.of("kubernetes", "base");
  private static final List<Manifest> MANIFESTS = Manifest.in(FOLDER);

  @Test
  void manifests_fitTheSchemasOfTheirKinds() {
    assertThat(MANIFESTS).hasSizeGreaterThan(10).allSatisfy(Manifest::check);
  }

  @Test
  void manifest_fieldMisspelt_doesNotFit() {
    var object =
        JsonParser.parseString(
            """
            {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "a"}, "spec": {"clusterIp": "None"}}
            """);
    assertThatThrownBy(() -> new Manifest(FOLDER, object.getAsJsonObject()).check())
        .hasMessageContaining("clusterIp");
  }

  /** Kubernetes' own variables would read as settings, too. */
  @Test
  void workloads_environmentOfOurs_isSettingsThatAreKnown() {
    var known = known();
    assertThat(workloads())
        .hasSize(3)
        .allSatisfy(workload -> {
          assertThat(workload.pod().get("enableServiceLinks").getAsBoolean()).isFalse();
          assertThat(variables(workload)).isNotEmpty().isSubsetOf(known);
        });
  }

  @Test
  void workloads_probes_areOfThePortTheServiceListensAt() {
    assertThat(workloads())
        .allSatisfy(workload -> {
          var service = workload.name().replaceFirst("^unmask-", "");
          var port = ServiceFile.of(service).values().get("grpc.server.port");
          for (var probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
            var grpc = workload.container().getAsJsonObject(probe).getAsJsonObject("grpc");
            assertThat(grpc.get("port").getAsString()).as(probe).isEqualTo(port);
          }
        });
  }

  private static Stream<Manifest> workloads() {
    return MANIFESTS.stream().filter(m -> Set.of("Deployment", "StatefulSet").contains(m.kind()));
  }

  private static List<String> variables(Manifest workload) {
    return StreamSupport.stream(workload.container().getAsJsonArray("env").spliterator(), false)
        .map(JsonElement::getAsJsonObject)
        .map(variable -> variable.get("name").getAsString())
        .filter(name -> !name.equals("DJL_CACHE_DIR"))
        .toList();
  }

  private static Set<String> known() {
    var own =
        Stream.of(
                dev.unmask.gateway.config.KnownSettings.ALL,
                dev.unmask.worker.config.KnownSettings.ALL,
                dev.unmask.cache.config.KnownSettings.ALL)
            .flatMap(List::stream)
            .map(setting -> setting.name().replace("NAMESPACE", "default"));
    var files =
        Stream.of("gateway", "worker", "cache")
            .flatMap(service -> ServiceFile.of(service).values().keySet().stream());
    return Stream.concat(own, files)
        .map(key -> key.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"))
        .collect(Collectors.toSet());
  }
}
