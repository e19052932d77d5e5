package dev.unmask.gateway.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unmask.gateway.FakeWorker;
import dev.unmask.gateway.Harness;
import dev.unmask.gateway.Story;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of calls over HTTP when the gateway is stopped. */
class StopTest {
  private static final String CHAT = "/v1/chat/completions";
  private static final String ASKED =
      "{'model': 'mini', 'messages': [{'role': 'user', 'content': '2+3='}]";

  private final FakeWorker worker = FakeWorker.start("w1", Story.model("mini")).script(_ -> {});
  private final Harness harness = Harness.before(worker);
  private final Http http = new Http(harness.http());

  @AfterEach
  void stop() {
    harness.close();
    worker.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ", 'stream': true"})
  void call_underWay_ends(String more) throws Exception {
    var answer = send(more);
    var call = worker.next();
    var stopped = CompletableFuture.runAsync(harness::close);
    await().until(this::refuses);
    Script.tell(call);
    assertThat(answer.join().statusCode()).isEqualTo(200);
    assertThat(answer.join().body()).contains("5.").contains(more.isEmpty() ? "usage" : "[DONE]");
    stopped.join();
  }

  @Test
  void call_thatDoesNotEnd_isCutOff() throws Exception {
    var answer = send("");
    var call = worker.next();
    harness.close();
    call.cancelled().join();
    assertThat(
            answer.handle((response, failure) -> failure != null || response.statusCode() >= 500))
        .succeedsWithin(Duration.ofSeconds(20))
        .isEqualTo(true);
  }

  private CompletableFuture<HttpResponse<String>> send(String more) {
    return http.client().sendAsync(http.request(CHAT, ASKED + more + "}"), BodyHandlers.ofString());
  }

  private boolean refuses() throws InterruptedException {
    try {
      return http.get("/v1/models").statusCode() == 503;
    } catch (IOException e) {
      return true;
    }
  }
}
