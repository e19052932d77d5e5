package dev.unmask.gateway.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unmask.gateway.FakeWorker;
import dev.unmask.gateway.Flood;
import dev.unmask.gateway.Harness;
import dev.unmask.gateway.Story;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlowTest {
  private static final int DELTAS = 8_000;

  private final FakeWorker worker = FakeWorker.start("w1", Story.model("mini"));
  private final Harness harness = Harness.before(worker);

  @AfterEach
  void stop() {
    harness.close();
    worker.close();
  }

  @Test
  void stream_aClientThatReadsNothing_stopsTheWorker() throws Exception {
    var flood = new Flood(DELTAS);
    worker.script(flood::start);
    try (var client = connected()) {
      ask(client, "'stream': true, 'unmask': {'canvas_events': true}");
      awaitRest(flood);
      assertThat(flood.stalledAt()).isPositive().isLessThan(DELTAS);
      assertThat(lines(client).takeWhile(line -> !line.equals("data: [DONE]")))
          .filteredOn(line -> line.contains("\"delta\""))
          .hasSize(DELTAS);
    }
  }

  @Test
  void stream_aClientThatReads_getsEverything() throws Exception {
    worker.script(call -> new Flood(DELTAS).start(call));
    var body =
        new Http(harness.http())
            .post(
                "/v1/completions",
                "{'model': 'mini', 'prompt': 'a', 'stream': true, 'unmask': {'canvas_events': true}}")
            .body();
    assertThat(Http.events(body)).hasSize(DELTAS + 2).last().isEqualTo("[DONE]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"'stream': true", "'stream': false"})
  void request_aClientThatLeaves_isCancelled(String form) throws Exception {
    worker.script(call -> call.gateway().onNext(Script.opened(call)));
    try (var client = connected()) {
      ask(client, form);
      var call = worker.next();
      assertThat(call.cancelled()).isNotDone();
      leave(client);
      assertThat(call.cancelled()).succeedsWithin(Duration.ofSeconds(10));
    }
  }

  /** The worker has stopped when it sends nothing more for a while. */
  private static void awaitRest(Flood flood) {
    var last = new AtomicInteger();
    await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(300))
        .until(() -> {
          int now = flood.stalledAt();
          return now > 0 && last.getAndSet(now) == now;
        });
  }

  @Test
  void stream_aClientThatLeavesInTheMiddle_isCancelled() throws Exception {
    worker.script(call -> {
      call.gateway().onNext(Script.opened(call));
      call.gateway().onNext(Script.committed("The", 11));
    });
    try (var client = connected()) {
      ask(client, "'stream': true");
      assertThat(lines(client).anyMatch(line -> line.startsWith("data: "))).isTrue();
      leave(client);
      assertThat(worker.next().cancelled()).succeedsWithin(Duration.ofSeconds(10));
    }
  }

  private Socket connected() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), harness.http().getPort());
  }

  private static void leave(Socket client) throws IOException {
    client.close();
  }

  private static Stream<String> lines(Socket client) throws IOException {
    var input = new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8);
    return new BufferedReader(input).lines();
  }

  private static void ask(Socket client, String more) throws Exception {
    var body = Http.json("{'model': 'mini', 'prompt': 'a', " + more + "}");
    var request =
        """
        POST /v1/completions HTTP/1.1
        Host: x
        Connection: close
        Content-Type: application/json
        Content-Length: %d

        %s\
        """
            .formatted(body.length(), body)
            // The head's lines; the body has none.
            .replace("\n", "\r\n");
    client.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
  }
}
