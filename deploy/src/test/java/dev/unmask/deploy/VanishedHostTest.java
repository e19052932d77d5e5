package dev.unmask.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unmask.cache.CacheServer;
import dev.unmask.contract.Limits;
import dev.unmask.pagecache.v1.GetCapabilitiesRequest;
import dev.unmask.pagecache.v1.PageCacheServiceGrpc;
import dev.unmask.worker.pages.placement.PageChannels;
import dev.unmask.worker.pages.transfer.Lanes;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The host of a cache-service vanishes: no reset, no farewell, no answer. */
@Timeout(120)
class VanishedHostTest {
  /** A probe once the line was silent for long enough, its answer's time, and a loaded machine. */
  private static final Duration NOTICED =
      Limits.KEEPALIVE_TIME.plus(Limits.CACHE_SILENCE_TIME).plusSeconds(4);

  @TempDir private Path pages;

  @Test
  void channel_lineSwallowsEverything_isNoticedThoughNobodyCalls() {
    Map<String, Object> settings =
        Map.of("unmask.cache.directory", pages.toString(), "grpc.server.port", 0);
    try (var cache = CacheServer.start(settings);
        var line = Line.to("127.0.0.1:" + cache.port())) {
      var channel = PageChannels.open(line.address(), new Lanes(1));
      try {
        ask(channel);
        line.swallowAfter(0);
        await().atMost(NOTICED).until(() -> channel.getState(false) != ConnectivityState.READY);

        line.whole();
        await().atMost(NOTICED).until(() -> channel.getState(false) == ConnectivityState.READY);
        ask(channel);
        assertThat(line.accepted()).isGreaterThan(1);
      } finally {
        channel.shutdownNow();
      }
    }
  }

  private static void ask(ManagedChannel channel) {
    var answer =
        PageCacheServiceGrpc.newBlockingStub(channel)
            .withWaitForReady()
            .withDeadlineAfter(20, TimeUnit.SECONDS)
            .getCapabilities(GetCapabilitiesRequest.getDefaultInstance());
    assertThat(answer.getSlotClassesList()).isNotEmpty();
  }
}
