package dev.unmask.worker.pages.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unmask.contract.Limits;
import io.grpc.ConnectivityState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How soon an instance that was away for long is found to be back. */
@Timeout(90)
class ReconnectTest {
  /** By the sixth gRPC's own patience would be above five seconds. */
  private static final int ATTEMPTS = 6;

  /** Of a loaded machine: a timer that fires late, a connection that takes its time. */
  private static final Duration SLACK = Duration.ofSeconds(2);

  @Test
  void open_instanceAwayForLong_isTriedAgainAtTheSamePaceAndReadyOnceItIsBack() throws Exception {
    var attempts = new ArrayList<Long>();
    var refusing = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    int port = refusing.getLocalPort();
    var channel = PageChannels.open("127.0.0.1:" + port);
    try {
      channel.getState(true);
      try (refusing) {
        attempts.addAll(hangUp(refusing));
      }
      try (var _ = new CountingCache(port)) {
        await()
            .atMost(Limits.CACHE_RECONNECT_TIME.plus(SLACK))
            .until(() -> channel.getState(false) == ConnectivityState.READY);
      }
    } finally {
      channel.shutdownNow();
    }
    for (int i = 1; i < attempts.size(); i++) {
      assertThat(attempts.get(i) - attempts.get(i - 1))
          .isLessThan(Limits.CACHE_RECONNECT_TIME.plus(SLACK).toNanos());
    }
  }

  /** Takes connections and ends them at once; says when each came. */
  private static List<Long> hangUp(ServerSocket socket) throws IOException {
    var times = new ArrayList<Long>();
    while (times.size() < ATTEMPTS) {
      socket.accept().close();
      times.add(System.nanoTime());
    }
    return times;
  }
}
