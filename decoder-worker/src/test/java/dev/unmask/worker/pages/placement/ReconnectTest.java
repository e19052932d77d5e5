package dev.unmask.worker.pages.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.unmask.contract.Limits;
import dev.unmask.pagecache.v1.FindPagesRequest;
import dev.unmask.pagecache.v1.PageCacheServiceGrpc;
import dev.unmask.worker.pages.transfer.Lanes;
import io.grpc.ConnectivityState;
import io.grpc.Status;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How soon an instance that was away for long is found to be back. */
@Timeout(90)
class ReconnectTest {
  /** By the sixth gRPC's own patience would be above five seconds. */
  private static final int ATTEMPTS = 6;

  /** Of a loaded machine: a timer that fires late, a connection that takes its time. */
  private static final Duration SLACK = Duration.ofSeconds(2);

  /** Longer than the test may take to see that nobody waits so long. */
  private static final Duration MUTE = Duration.ofSeconds(10);

  @Test
  void open_instanceAwayForLong_isTriedAgainAtTheSamePaceAndReadyOnceItIsBack() throws Exception {
    var attempts = new ArrayList<Long>();
    var refusing = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    int port = refusing.getLocalPort();
    var channel = PageChannels.open("127.0.0.1:" + port, new Lanes(1));
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

  @Test
  void call_connectionLostAndNextOneMute_failsAtOnce() throws Exception {
    var loopback = InetAddress.getLoopbackAddress();
    try (var cache = new CountingCache(0);
        var between = new ServerSocket(0, 50, loopback);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var channel = PageChannels.open("127.0.0.1:" + between.getLocalPort(), new Lanes(1));
      channel.getState(true);
      try (var first = between.accept();
          var onward = new Socket(loopback, cache.port())) {
        var _ = threads.submit(() -> first.getInputStream().transferTo(onward.getOutputStream()));
        var _ = threads.submit(() -> onward.getInputStream().transferTo(first.getOutputStream()));
        await().until(() -> channel.getState(false) == ConnectivityState.READY);
      }
      // Whoever takes the next connection never says a word of HTTP/2.
      try (var _ = between.accept()) {
        var call = PageCacheServiceGrpc.newBlockingStub(channel).withDeadlineAfter(MUTE);
        assertThatThrownBy(() -> call.findPages(FindPagesRequest.getDefaultInstance()))
            .extracting(Status::fromThrowable)
            .returns(Status.Code.UNAVAILABLE, Status::getCode);
      } finally {
        channel.shutdownNow();
      }
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
