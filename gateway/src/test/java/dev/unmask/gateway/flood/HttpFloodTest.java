package dev.unmask.gateway.flood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unmask.contract.Limits;
import dev.unmask.gateway.FakeWorker;
import dev.unmask.gateway.Harness;
import dev.unmask.gateway.Story;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class HttpFloodTest {
  private static final String BODY =
      "{\"model\":\"mini\",\"messages\":[{\"role\":\"user\",\"content\":\"1+1=\"}]}";
  private static final String HEAD =
      "POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";

  private static FakeWorker worker;
  private static Harness harness;

  @BeforeAll
  static void start() {
    worker = FakeWorker.start("w1", Story.model("mini"));
    harness =
        Harness.with(
            Map.of(
                "unmask.gateway.workers",
                worker.address(),
                "unmask.gateway.http-request-time",
                "500ms"));
    await().atMost(Harness.CALL_TIME).until(() -> worker.watchers() > 0);
  }

  @AfterAll
  static void stop() {
    harness.close();
    worker.close();
  }

  @Test
  void request_thatNeverEnds_isHungUpOnWhileOthersAreAnswered() throws Exception {
    var slow = new ArrayList<RawConnection>();
    try {
      for (int i = 0; i < 200; i++) {
        slow.add(RawConnection.open(harness.http().getPort()));
        slow.getLast().send(ascii(i % 2 == 0 ? HEAD : HEAD + "Content-Length: 9\r\n\r\n{"));
      }
      assertThat(status(BODY)).isEqualTo(200);
      for (var connection : slow) {
        assertThat(connection.rest()).isEmpty();
      }
    } finally {
      slow.forEach(RawConnection::close);
    }
  }

  /** A byte now and then is no progress. */
  @Test
  void request_thatDrips_isHungUpOn() throws IOException {
    try (var dripping = RawConnection.open(harness.http().getPort())) {
      dripping.send(ascii(HEAD));
      await().atMost(Harness.CALL_TIME).until(() -> hungUp(dripping));
    }
  }

  @Test
  void body_withoutEnd_isRefusedAtItsBound() throws Exception {
    try (var endless = RawConnection.open(harness.http().getPort())) {
      endless.send(ascii(HEAD + "Transfer-Encoding: chunked\r\n\r\n"));
      byte[] chunk = ascii("10000\r\n" + " ".repeat(0x10000) + "\r\n");
      long sent = 0;
      try {
        while (sent < 4L * Limits.HTTP_BODY_BYTES) {
          endless.send(chunk);
          sent += 0x10000;
        }
        assertThat(endless.rest()).contains("413");
      } catch (IOException e) {
        assertThat(sent).isGreaterThanOrEqualTo(Limits.HTTP_BODY_BYTES / 2);
      }
    }
    assertThat(status(BODY)).isEqualTo(200);
  }

  @Test
  void json_nestedWithoutEnd_isABadRequest() throws Exception {
    assertThat(status("{\"model\":" + "[".repeat(1_000_000))).isEqualTo(400);
    assertThat(
            status(
                "{\"unmask\":{\"spec\":" + "{\"threshold\":".repeat(900) + "1" + "}".repeat(902)))
        .isEqualTo(400);
    assertThat(status("{\"seed\":" + "9".repeat(1_000_000) + "}")).isEqualTo(400);
    assertThat(status(BODY)).isEqualTo(200);
  }

  @Test
  void header_beyondItsBound_isRefused() throws Exception {
    try (var connection = RawConnection.open(harness.http().getPort())) {
      connection.send(ascii(HEAD + "X-Note: " + "x".repeat(16 << 10) + "\r\n\r\n"));
      assertThat(connection.rest()).contains("413");
    }
  }

  private static boolean hungUp(RawConnection connection) {
    try {
      connection.send(ascii("x"));
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  private static int status(String body) throws IOException, InterruptedException {
    try (var client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(harness.http().resolve("/v1/chat/completions"))
              .timeout(Harness.CALL_TIME)
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(body))
              .build();
      return client.send(request, BodyHandlers.discarding()).statusCode();
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
