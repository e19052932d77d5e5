package dev.unmask.deploy.installed;

import static dev.unmask.deploy.installed.Manifest.objects;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who selects, reaches, scrapes and scales whom in the rendered chart. */
class ChartWiringTest {
  @TempDir private static Path folder;

  static Stream<Rendering> renderings() {
    var chart = Chart.copiedTo(folder);
    return Chart.VALUES.stream().map(values -> new Rendering(values, chart.rendered(values)));
  }

  @ParameterizedTest
  @MethodSource("renderings")
  void workloads_selectTheirOwnPods(Rendering all) {
    assertThat(all.workloads())
        .hasSizeBetween(2, 3)
        .allSatisfy(workload ->
            assertThat(all.selected(workload.spec().getAsJsonObject("selector")))
                .isEqualTo(workload));
  }

  @ParameterizedTest
  @MethodSource("renderings")
  void services_selectPodsThatHaveTheirPorts(Rendering all) {
    assertThat(all.of("Service"))
        .hasSizeBetween(2, 3)
        .allSatisfy(service -> {
          var ports = Rendering.ports(all.selected(service.spec().getAsJsonObject("selector")));
          assertThat(objects(service.spec(), "ports"))
              .isNotEmpty()
              .allSatisfy(port ->
                  assertThat(ports)
                      .containsEntry(
                          port.get("targetPort").getAsString(), port.get("port").getAsInt()));
        });
  }

  /** The ports that services listen at by their own files or by an argument. */
  @ParameterizedTest
  @MethodSource("renderings")
  void ports_areThoseTheServiceListensAt(Rendering all) {
    assertThat(all.workloads())
        .allSatisfy(workload -> {
          var file = ServiceFile.of(workload.part()).values();
          var known =
              Map.of(
                  "grpc", file.get("grpc.server.port"),
                  "http", file.getOrDefault("micronaut.server.port", ""),
                  "metrics", workload.settings().getOrDefault("unmask.metrics.port", ""));
          assertThat(Rendering.ports(workload))
              .allSatisfy((name, port) -> assertThat(known.get(name)).isEqualTo("" + port));
        });
  }

  /** A kubelet asks gRPC's health service, or the port where it would have to speak TLS. */
  @ParameterizedTest
  @MethodSource("renderings")
  void probes_askTheGrpcPort(Rendering all) {
    boolean tls = Set.of("tls", "everything", "small").contains(all.values());
    assertThat(all.workloads())
        .allSatisfy(workload -> {
          for (var probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
            var asked = workload.container().getAsJsonObject(probe);
            assertThat(asked.getAsJsonObject(tls ? "tcpSocket" : "grpc").get("port").getAsInt())
                .as(probe)
                .isEqualTo(Rendering.ports(workload).get("grpc"));
          }
        });
  }

  @ParameterizedTest
  @MethodSource("renderings")
  void policies_letInAtPortsThatAreThere_andOnlyThoseThatCall(Rendering all) {
    assertThat(all.of("NetworkPolicy").count())
        .isEqualTo(all.values().equals("alone") ? 0 : all.workloads().count());
    var callers = Map.of("worker", "gateway", "cache", "worker");
    all.of("NetworkPolicy")
        .forEach(policy -> {
          var workload = all.selected(policy.spec().getAsJsonObject("podSelector"));
          var rules = objects(policy.spec(), "ingress").toList();
          assertThat(rules.stream().flatMap(rule -> objects(rule, "ports")))
              .extracting(port -> port.get("port").getAsInt())
              .isSubsetOf(Rendering.ports(workload).values())
              .contains(Rendering.ports(workload).get("grpc"));
          if (callers.containsKey(workload.part())) {
            var caller = objects(rules.getFirst(), "from").findFirst().orElseThrow();
            assertThat(all.selected(caller.getAsJsonObject("podSelector")).part())
                .isEqualTo(callers.get(workload.part()));
          }
        });
  }

  @ParameterizedTest
  @MethodSource("renderings")
  void budgets_ofEveryWorkload_letOneGo(Rendering all) {
    assertThat(all.of("PodDisruptionBudget"))
        .allSatisfy(budget -> assertThat(budget.spec().get("maxUnavailable").getAsInt()).isOne())
        .extracting(budget -> all.selected(budget.spec().getAsJsonObject("selector")))
        .containsExactlyInAnyOrderElementsOf(all.workloads().toList());
  }

  /** Who is scaled must not say how many: an upgrade would set it back. */
  @ParameterizedTest
  @MethodSource("renderings")
  void scalers_scaleDeploymentsThatLeaveTheirNumberToThem(Rendering all) {
    var scaled =
        Stream.concat(all.of("HorizontalPodAutoscaler"), all.of("ScaledObject"))
            .map(scaler -> scaler.spec().getAsJsonObject("scaleTargetRef"))
            .map(target -> all.named(text(target, "kind"), text(target, "name")))
            .toList();
    assertThat(all.workloads())
        .allSatisfy(workload ->
            assertThat(workload.spec().has("replicas")).isNotEqualTo(scaled.contains(workload)));
  }

  @ParameterizedTest
  @MethodSource("renderings")
  void monitors_scrapePortsOfServicesByTheirNames(Rendering all) {
    all.of("ServiceMonitor")
        .forEach(monitor -> {
          var workload = all.selected(monitor.spec().getAsJsonObject("selector"));
          assertThat(objects(monitor.spec(), "endpoints"))
              .hasSize(1)
              .allSatisfy(endpoint ->
                  assertThat(Rendering.ports(workload)).containsKey(text(endpoint, "port")));
        });
    assertThat(all.of("ServiceMonitor")).hasSize(all.values().equals("everything") ? 3 : 0);
  }

  @ParameterizedTest
  @MethodSource("renderings")
  void addresses_ofWorkersAndCaches_areThoseOfTheirServices(Rendering all) {
    var gateway = all.named("Deployment", "unmask-gateway").settings();
    var workers = all.named("Service", "unmask-workers");
    assertThat(gateway).containsEntry("unmask.gateway.workers", "dns:///unmask-workers:7303");
    assertThat(text(workers.spec(), "clusterIP")).isEqualTo("None");
    assertThat(all.selected(workers.spec().getAsJsonObject("selector")).part()).isEqualTo("worker");

    var worker = all.named("Deployment", "unmask-worker").settings();
    var named = worker.getOrDefault("unmask.worker.cache", "");
    assertThat(named)
        .isEqualTo(all.of("StatefulSet").map(ChartWiringTest::pods).findAny().orElse(""));
  }

  /** What is connected to must be a name of the certificate, and what is mounted its secret. */
  @ParameterizedTest
  @MethodSource("renderings")
  void certificates_haveTheNamesThatAreConnectedTo(Rendering all) {
    for (var certificate : all.of("Certificate").toList()) {
      var names = certificate.spec().getAsJsonArray("dnsNames").asList();
      var workload = all.workloads().filter(w -> w.name().equals(certificate.name())).findFirst();
      assertThat(objects(workload.orElseThrow().pod(), "volumes"))
          .filteredOn(volume -> text(volume, "name").equals("tls"))
          .extracting(volume -> text(volume.getAsJsonObject("secret"), "secretName"))
          .containsExactly(text(certificate.spec(), "secretName"));
      var connected =
          switch (workload.orElseThrow().part()) {
            case "gateway" -> Stream.of("unmask", "unmask.prod.svc");
            case "worker" -> Stream.of("unmask-workers");
            default -> Stream.of(pods(workload.orElseThrow()).replace(":7302", "").split(",", -1));
          };
      assertThat(names.stream().map(name -> name.getAsString())).containsAll(connected.toList());
    }
  }

  /** Peers that a service lets in are names of certificates of those who call it. */
  @ParameterizedTest
  @MethodSource("renderings")
  void peers_areNamesOfCertificates(Rendering all) {
    var names =
        all.of("Certificate")
            .flatMap(c -> c.spec().getAsJsonArray("dnsNames").asList().stream())
            .map(name -> name.getAsString())
            .collect(Collectors.toSet());
    var peers =
        all.workloads()
            .filter(workload -> workload.settings().containsKey("unmask.tls.peers"))
            .flatMap(w -> Stream.of(w.settings().get("unmask.tls.peers").split(",", -1)))
            .toList();
    assertThat(peers).hasSize(names.isEmpty() ? 0 : 3);
    assertThat(names).containsAll(peers);
  }

  /** Addresses of a stateful set's pods. */
  private static String pods(Manifest set) {
    return IntStream.range(0, set.spec().get("replicas").getAsInt())
        .mapToObj(n -> "%s-%d.%s:7302".formatted(set.name(), n, text(set.spec(), "serviceName")))
        .collect(Collectors.joining(","));
  }

  private static String text(JsonObject object, String field) {
    return object.get(field).getAsString();
  }
}
