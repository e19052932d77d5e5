package dev.unmask.deploy.installed;

import static dev.unmask.deploy.installed.Manifest.objects;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.unmask.config.KnownKeys;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the rendered chart's pods are given: settings, volumes, rights, and time to end. */
class ChartPodsTest {
  /** Environment that is not ours: of Micronaut, and of DJL (docs/gpu.md). */
  private static final Set<String> FOREIGN =
      Set.of(
          "MICRONAUT_CONFIG_FILES",
          "DJL_CACHE_DIR",
          "PYTORCH_LIBRARY_PATH",
          "PYTORCH_VERSION",
          "PYTORCH_FLAVOR");

  private static final Map<String, KnownKeys> KNOWN =
      Map.of(
          "gateway", KnownKeys.of(dev.unmask.gateway.config.KnownSettings.ALL),
          "worker", KnownKeys.of(dev.unmask.worker.config.KnownSettings.ALL),
          "cache", KnownKeys.of(dev.unmask.cache.config.KnownSettings.ALL));

  @TempDir private static Path folder;

  static Stream<Manifest> workloads() {
    var chart = Chart.copiedTo(folder);
    return Chart.VALUES.stream().flatMap(v -> new Rendering(v, chart.rendered(v)).workloads());
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void settings_areKnownToTheService(Manifest workload) {
    var keys = workload.settings().keySet();
    KNOWN.get(workload.part()).check(keys.stream().filter(k -> k.startsWith("unmask.")).toList());
    assertThat(keys.stream().filter(key -> !key.startsWith("unmask.")))
        .isNotEmpty()
        .isSubsetOf(ServiceFile.of(workload.part()).values().keySet());
    assertThat(objects(workload.container(), "env").map(variable -> text(variable, "name")))
        .filteredOn(name -> !FOREIGN.contains(name))
        .isSubsetOf("UNMASK_WORKER_NAME");
  }

  /** Kubernetes' own variables for a service named unmask would read as settings, too. */
  @ParameterizedTest
  @MethodSource("workloads")
  void environment_ofTheCluster_staysOut(Manifest workload) {
    assertThat(workload.pod().get("enableServiceLinks").getAsBoolean()).isFalse();
  }

  /** Large numbers lose nothing on their way through Helm's templates. */
  @ParameterizedTest
  @MethodSource("workloads")
  void settings_ofNumbers_stayWhole(Manifest workload) {
    assertThat(workload.settings().values()).noneMatch(value -> value.matches("[0-9.]+e[+0-9]+"));
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void mounts_haveVolumes_andVolumesMounts(Manifest workload) {
    var mounted = objects(workload.container(), "volumeMounts").map(m -> text(m, "name")).toList();
    assertThat(mounted).containsExactlyInAnyOrderElementsOf(Rendering.volumes(workload));
  }

  /** Files that settings name lie in folders that are mounted. */
  @ParameterizedTest
  @MethodSource("workloads")
  void files_ofSettings_areMounted(Manifest workload) {
    var folders =
        objects(workload.container(), "volumeMounts").map(m -> text(m, "mountPath")).toList();
    var environment =
        objects(workload.container(), "env")
            .filter(variable -> variable.has("value"))
            .map(variable -> text(variable, "value"));
    assertThat(Stream.concat(workload.settings().values().stream(), environment))
        .filteredOn(value -> value.startsWith("/"))
        .allSatisfy(value -> assertThat(folders).anyMatch(Path.of(value)::startsWith));
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void rights_areNone(Manifest workload) {
    var pod = workload.pod().getAsJsonObject("securityContext");
    var container = workload.container().getAsJsonObject("securityContext");
    assertThat(pod.get("runAsNonRoot").getAsBoolean()).isTrue();
    assertThat(pod.get("runAsUser").getAsInt()).as("as of the images").isEqualTo(10001);
    assertThat(container.get("readOnlyRootFilesystem").getAsBoolean()).isTrue();
    assertThat(container.get("allowPrivilegeEscalation").getAsBoolean()).isFalse();
    assertThat(container.getAsJsonObject("capabilities").getAsJsonArray("drop"))
        .extracting(capability -> capability.getAsString())
        .containsExactly("ALL");
    assertThat(workload.pod().get("automountServiceAccountToken").getAsBoolean()).isFalse();
  }

  /** A kubelet kills what has not ended by then: the drain must be over. */
  @ParameterizedTest
  @MethodSource("workloads")
  void timeToEnd_isAboveTheDrain(Manifest workload) {
    int drain = seconds(workload.settings().get("grpc.server.await-termination"));
    int drains = workload.part().equals("gateway") ? 2 : 1;
    int leave =
        workload.part().equals("gateway")
            ? workload
                .container()
                .getAsJsonObject("lifecycle")
                .getAsJsonObject("preStop")
                .getAsJsonObject("sleep")
                .get("seconds")
                .getAsInt()
            : 0;
    assertThat(workload.pod().get("terminationGracePeriodSeconds").getAsInt())
        .isGreaterThanOrEqualTo(leave + drains * drain + 20);
  }

  /** A pod gets a GPU only by a limit, which its request must equal. */
  @ParameterizedTest
  @MethodSource("workloads")
  void gpu_isAskedForWhereTheWorkerComputesOnIt(Manifest workload) {
    var resources = workload.container().getAsJsonObject("resources");
    var asked =
        Stream.of("requests", "limits")
            .map(resources::getAsJsonObject)
            .map(amounts -> amounts.has("nvidia.com/gpu"))
            .collect(Collectors.toSet());
    assertThat(asked)
        .containsExactly("cuda:0".equals(workload.settings().get("unmask.worker.device")));
    assertThat(resources.getAsJsonObject("limits").get("memory"))
        .isEqualTo(resources.getAsJsonObject("requests").get("memory"));
  }

  private static int seconds(String duration) {
    assertThat(List.of(duration)).allMatch(text -> text.matches("\\d+s"));
    return Integer.parseInt(duration.replace("s", ""));
  }

  private static String text(JsonObject object, String field) {
    return object.get(field).getAsString();
  }
}
