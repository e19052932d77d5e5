package dev.unmask.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.pagecache.v1.GetCapabilitiesRequest;
import dev.unmask.pagecache.v1.PageCacheServiceGrpc;
import dev.unmask.wire.PageSockets;
import io.grpc.ManagedChannel;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.NettyChannelBuilder;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a worker on this host finds behind the socket. */
class UnixListenerTest {
  @TempDir private Path directory;
  private PageSockets sockets;
  private RunningCache cache;
  private ManagedChannel channel;

  @BeforeEach
  void open() {
    Assumptions.assumeTrue(PageSockets.unix());
    var path = directory.resolve("s").toString();
    cache = RunningCache.with(directory.resolve("store"), Map.of("unmask.cache.socket", path));
    sockets = new PageSockets("test", 1);
    var builder = NettyChannelBuilder.forTarget("unix:" + path).usePlaintext();
    sockets.connectUnix(builder);
    channel = builder.build();
  }

  @AfterEach
  void close() {
    channel.shutdownNow();
    sockets.close();
    cache.close();
  }

  @Test
  void socket_servesWhatThePortServes() {
    var request = GetCapabilitiesRequest.getDefaultInstance();

    assertThat(PageCacheServiceGrpc.newBlockingStub(channel).getCapabilities(request))
        .isEqualTo(cache.calls().getCapabilities(request));
  }

  /** Workers give no calls to an instance that does not say that it serves. */
  @Test
  void socket_health_saysThatItServes() {
    var health = HealthGrpc.newBlockingStub(channel).check(HealthCheckRequest.getDefaultInstance());

    assertThat(health.getStatus()).isEqualTo(ServingStatus.SERVING);
  }
}
