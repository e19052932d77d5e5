package dev.unmask.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ServerBoundsTest {
  /** The beginning of HTTP/2 and empty settings. */
  private static final byte[] HELLO =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);

  private static final int PATIENCE_MILLIS = 20_000;

  @Test
  void connection_withoutACall_isEndedOnceItsTimeIsOver() throws IOException {
    var local = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    var builder = NettyServerBuilder.forAddress(local);
    new ServerBounds(Duration.ofMillis(100)).bound(builder);
    var server = builder.build().start();
    try (var idle = new Socket(InetAddress.getLoopbackAddress(), server.getPort())) {
      idle.setSoTimeout(PATIENCE_MILLIS);
      idle.getOutputStream().write(HELLO);
      // Reads until the server hangs up, which it explains.
      byte[] told = idle.getInputStream().readAllBytes();
      assertThat(new String(told, StandardCharsets.ISO_8859_1)).contains("max_idle");
    } finally {
      server.shutdownNow();
    }
  }
}
