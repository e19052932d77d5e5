package dev.unmask.deploy.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.unmask.client.Answer;
import dev.unmask.client.ClientException;
import dev.unmask.client.UnmaskClient;
import dev.unmask.client.local.OwnProcesses;
import dev.unmask.client.local.Role;
import dev.unmask.client.local.ServiceProcess;
import dev.unmask.deploy.installed.Chart;
import dev.unmask.deploy.installed.Manifest;
import dev.unmask.generation.v1.GenerateRequest;
import dev.unmask.tls.Authority;
import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.Prompt;
import io.grpc.Grpc;
import io.grpc.TlsChannelCredentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the chart gives the services is what they run with: a machine stands for a pod, the name
 * server for that of the cluster, an authority of ours for cert-manager. Only folders differ.
 */
@Timeout(300)
class ChartRunsTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final String MODEL = "unmask-mini-llada";
  private static final List<String> PARTS = List.of("cache", "worker", "gateway");

  @TempDir private Path folder;
  private final List<AutoCloseable> closed = new ArrayList<>();
  private List<Manifest> manifests = List.of();

  @AfterEach
  void close() throws Exception {
    for (var last : closed.reversed()) {
      last.close();
    }
  }

  @Test
  void rendered_small_answersAndSharesByTls() throws Exception {
    var impossible = Network.impossible();
    assumeTrue(impossible.isEmpty(), () -> impossible.orElse(""));
    manifests = Chart.copiedTo(folder.resolve("chart")).rendered("small");
    issueCertificates();
    var network = Network.of(PARTS);
    closed.add(network);
    var names = new NameServer(network.outside());
    closed.add(names);
    names.knows("unmask-workers", List.of(network.machine("worker").address()));
    names.knows("unmask-cache-0.unmask-cache", List.of(network.machine("cache").address()));
    PARTS.forEach(part -> closed.add(launched(network.machine(part), workload(part))));

    var client = client(network.machine("gateway").address());
    closed.add(client);
    await()
        .atMost(Site.PATIENCE)
        .ignoreExceptionsInstanceOf(ClientException.class)
        .until(() -> !client.models().isEmpty());
    var computed = ask(client);
    assertThat(computed.opened().getWorker()).as("the pod's name").isEqualTo("unmask-worker-0");
    await().atMost(Site.PATIENCE).until(() -> ask(client).usage().getPagesHit() > 0);
    assertThat(ask(client).tokens()).isEqualTo(computed.tokens());
  }

  /** What cert-manager would do with the chart's certificates. */
  private void issueCertificates() throws IOException {
    var authority = new Authority("ours");
    var trust = authority.trust(folder.resolve("trust.pem"));
    for (var part : PARTS) {
      var certificate = named("Certificate", "unmask-" + part);
      var names =
          certificate.spec().getAsJsonArray("dnsNames").asList().stream()
              .map(name -> name.getAsString());
      authority.issue(folder, part, names.toArray(String[]::new));
      var secret = Files.createDirectories(folder.resolve(part + "-tls"));
      Files.copy(folder.resolve(part + ".pem"), secret.resolve("tls.crt"));
      Files.copy(folder.resolve(part + ".key"), secret.resolve("tls.key"));
      Files.copy(trust, secret.resolve("ca.crt"));
    }
  }

  private ServiceProcess launched(Machine machine, Manifest workload) {
    var role = Role.valueOf(workload.part().toUpperCase(Locale.ROOT));
    var like = OwnProcesses.likeThis(ROOT.resolve("jvm.flags"), System.err, System.err::println);
    var java = machine.java(folder, role == Role.WORKER ? workerEnvironment() : Map.of());
    var there = new OwnProcesses(java, like.flags(), like.classPath(), like.log(), like.deaths());
    var settings = new LinkedHashMap<String, Object>(workload.settings());
    settings.replaceAll((_, value) -> here(workload.part(), value.toString()));
    var service = there.launch(role, workload.part(), settings);
    assertThat(service.address()).isNotEmpty();
    return service;
  }

  private Map<String, String> workerEnvironment() {
    try {
      var file = folder.resolve("namespaces.yml");
      Files.writeString(file, "unmask.worker.namespaces.default: '0123456789abcdef'\n");
      return Map.of(
          "MICRONAUT_CONFIG_FILES", file.toString(), "UNMASK_WORKER_NAME", "unmask-worker-0");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Where a volume lies that a pod would mount. */
  private String here(String part, String value) {
    return value
        .replace("/etc/unmask/tls", folder.resolve(part + "-tls").toString())
        .replace("/var/lib/unmask", folder.resolve(part).toString())
        .replace("/models/", ROOT.resolve("models") + "/");
  }

  private UnmaskClient client(String address) throws IOException {
    var trust =
        TlsChannelCredentials.newBuilder()
            .trustManager(folder.resolve("trust.pem").toFile())
            .build();
    return new UnmaskClient(
        Grpc.newChannelBuilder(address + ":7301", trust).overrideAuthority("unmask").build());
  }

  private static Answer ask(UnmaskClient client) {
    var request =
        GenerateRequest.newBuilder()
            .setModel(MODEL)
            .setPrompt(Prompt.newBuilder().setText("What is 20 + 22?"))
            .setSpec(DecodingSpec.newBuilder().setGenerationLength(64));
    return client.ask(request.build(), _ -> {});
  }

  private Manifest workload(String part) {
    return manifests.stream()
        .filter(manifest -> manifest.workload() && manifest.part().equals(part))
        .findFirst()
        .orElseThrow();
  }

  private Manifest named(String kind, String name) {
    return manifests.stream()
        .filter(manifest -> manifest.kind().equals(kind) && manifest.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
