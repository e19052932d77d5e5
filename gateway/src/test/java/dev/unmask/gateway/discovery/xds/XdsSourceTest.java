package dev.unmask.gateway.discovery.xds;

import static dev.unmask.gateway.Story.model;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unmask.gateway.FakeWorker;
import dev.unmask.gateway.config.WorkerAddress;
import dev.unmask.gateway.discovery.Endpoint;
import dev.unmask.gateway.discovery.Lookup;
import dev.unmask.gateway.discovery.Lookup.Failed;
import dev.unmask.gateway.discovery.Lookup.Found;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is heard of a control plane; gRPC reads where it is once a process. */
class XdsSourceTest {
  private static final String BOOTSTRAP = "io.grpc.xds.bootstrap";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir private static Path folder;
  private static ControlPlane plane;

  private final FakeWorker one = FakeWorker.start("w1", model("mini"));
  private final FakeWorker two = FakeWorker.start("w2", model("mini"));
  private final XdsSource source = new XdsSource(ControlPlane.SERVICE);
  private final List<Lookup> heard = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void begin() throws IOException {
    plane = new ControlPlane(0);
    System.setProperty(BOOTSTRAP, plane.bootstrap(folder.resolve("xds.json")).toString());
  }

  @AfterAll
  static void end() {
    plane.close();
    System.clearProperty(BOOTSTRAP);
  }

  @AfterEach
  void stop() {
    source.close();
    one.close();
    two.close();
    plane.change(_ -> {});
  }

  @Test
  void endpoints_ofAllLocalities_areFoundAndCalledAsTheService() {
    plane.has(List.of(one, two));
    source.start(heard::add);
    await().atMost(PATIENCE).until(() -> heard.contains(found(one, two)));
    plane.has(List.of(two), one);
    await().atMost(PATIENCE).until(() -> heard.contains(found(two)));
  }

  @Test
  void cluster_withAnotherPolicy_isSaidToLackOurs() {
    plane.change(Cluster.Builder::clearLoadBalancingPolicy);
    plane.has(List.of(one));
    source.start(heard::add);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(heard)
                .contains(
                    new Failed(
                        "has a cluster that does not name the load-balancing policy"
                            + " dev.unmask.WorkerDirectory")));
    assertThat(heard).noneMatch(Found.class::isInstance);
  }

  @Test
  void close_isTheEndOfWhatIsHeard() {
    plane.has(List.of(one));
    source.start(heard::add);
    await().atMost(PATIENCE).until(() -> heard.contains(found(one)));
    source.close();
    plane.has(List.of(two));
    assertThat(heard).last().isEqualTo(found(one));
  }

  private static Found found(FakeWorker... workers) {
    return new Found(
        Stream.of(workers)
            .map(worker ->
                new Endpoint(new WorkerAddress("127.0.0.1", worker.port()), ControlPlane.SERVICE))
            .sorted((a, b) -> a.address().toString().compareTo(b.address().toString()))
            .toList());
  }
}
