package dev.unmask.gateway.discovery.xds;

import static dev.unmask.gateway.Story.model;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Any;
import dev.unmask.gateway.FakeWorker;
import dev.unmask.gateway.OwnGateway;
import dev.unmask.gateway.Story;
import io.envoyproxy.envoy.config.core.v3.TransportSocket;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CertificateProviderPluginInstance;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CertificateValidationContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A gateway in a process of its own that asks a control plane for its workers. */
@Timeout(60)
class XdsWorkersTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir private Path folder;
  private final FakeWorker one = FakeWorker.start("w1", model("mini"));
  private final FakeWorker two = FakeWorker.start("w2", model("mini"));
  private ControlPlane plane;
  private OwnGateway gateway;

  @BeforeEach
  void start() throws IOException {
    plane = new ControlPlane(0);
    plane.has(List.of(one));
    gateway = gateway();
  }

  @AfterEach
  void stop() {
    gateway.close();
    plane.close();
    one.close();
    two.close();
  }

  @Test
  void workers_comeAndGoWithTheEndpointsOfTheService() throws Exception {
    assertThat(gateway.answer("w1")).isEqualTo(Status.Code.OK);
    assertThat(gateway.answer("w2")).isEqualTo(Status.Code.NOT_FOUND);

    plane.has(List.of(one, two));
    await().atMost(PATIENCE).until(() -> gateway.answer("w2") == Status.Code.OK);

    var held = new CompletableFuture<FakeWorker.Call>();
    one.script(held::complete);
    var kept = gateway.generate("w1");
    var call = held.get();
    one.script(Story::tell);
    plane.has(List.of(two), one);
    await().atMost(PATIENCE).until(() -> gateway.answer("w1") == Status.Code.NOT_FOUND);
    Story.tell(call);
    assertThat(OwnGateway.last(kept).hasClosed()).isTrue();
    await().atMost(PATIENCE).until(() -> one.watchers() == 0);
  }

  @Test
  void workers_outliveTheirControlPlaneAndAServiceWithoutEndpoints() {
    plane.has(List.of(one, two));
    await().atMost(PATIENCE).until(() -> gateway.answer("w2") == Status.Code.OK);
    plane.has(List.of());
    plane.has(List.of(one));
    await().atMost(PATIENCE).until(() -> gateway.answer("w2") == Status.Code.NOT_FOUND);
    plane.close();
    assertThat(gateway.answer("w1")).isEqualTo(Status.Code.OK);
  }

  @Test
  void workers_whileTheControlPlaneIsNotThere_areNoneAndAreFoundOnceItIs() throws IOException {
    plane.close();
    try (var early = gateway()) {
      assertThat(early.answer("w1")).isEqualTo(Status.Code.UNAVAILABLE);
      plane = new ControlPlane(plane.port());
      plane.has(List.of(one));
      await().atMost(PATIENCE).until(() -> early.answer("w1") == Status.Code.OK);
    }
  }

  /** The gateway's own TLS settings hold for its workers; a mesh's are for channels it has not. */
  @Test
  void workers_ofAClusterWithTlsOfAMesh_areFoundToo() throws IOException {
    plane.change(cluster -> cluster.setTransportSocket(meshTls()));
    plane.has(List.of(two));
    try (var other = gateway()) {
      assertThat(other.answer("w2")).isEqualTo(Status.Code.OK);
    }
  }

  /** How gRPC's own channels would secure calls to the cluster. */
  private static TransportSocket meshTls() {
    var authorities =
        CertificateValidationContext.newBuilder()
            .setCaCertificateProviderInstance(
                CertificateProviderPluginInstance.newBuilder().setInstanceName("mesh"));
    var tls =
        UpstreamTlsContext.newBuilder()
            .setCommonTlsContext(CommonTlsContext.newBuilder().setValidationContext(authorities));
    return TransportSocket.newBuilder()
        .setName("envoy.transport_sockets.tls")
        .setTypedConfig(Any.pack(tls.build()))
        .build();
  }

  private OwnGateway gateway() throws IOException {
    return OwnGateway.start(
        List.of("-Dio.grpc.xds.bootstrap=" + plane.bootstrap(folder.resolve("xds.json"))),
        "xds:///" + ControlPlane.SERVICE);
  }
}
