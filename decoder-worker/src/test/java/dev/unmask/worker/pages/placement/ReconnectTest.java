package dev.unmask.worker.pages.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unmask.contract.Limits;
import dev.unmask.worker.pages.PageChannels;
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
    int port;
    List<Long> attempts;
    try (var refusing = listening()) {
      port = refusing.getLocalPort();
      var channel = PageChannels.open("127.0.0.1:" + port);
      try {
        channel.getState(true);
        attempts = hangUp(refusing, ATTEMPTS);
        refusing.close();
        try (var _ = new CountingCache(port)) {
          await()
              .atMost(Limits.CACHE_RECONNECT_TIME.plus(SLACK))
              .until(() -> channel.getState(false) == ConnectivityState.READY);
        }
      } finally {
        channel.shutdownNow();
      }
    }
    for (int i = 1; i < attempts.size(); i++) {
      assertThat(attempts.get(i) - attempts.get(i - 1))
          .isLessThan(Limits.CACHE_RECONNECT_TIME.plus(SLACK).toNanos());
    }
  }

  private static ServerSocket listening() throws IOException {
    return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  /** Takes connections and ends them at once; says when each came. */
  private static List<Long> hangUp(ServerSocket socket, int attempts) throws IOException {
    var times = new ArrayList<Long>();
    while (times.size() < attempts) {
      socket.accept().close();
      times.add(System.nanoTime());
    }
    return times;
  }
}
