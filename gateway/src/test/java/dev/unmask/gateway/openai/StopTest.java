package dev.unmask.gateway.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.unmask.gateway.FakeWorker;
import dev.unmask.gateway.Harness;
import dev.unmask.gateway.Story;
import java.net.ConnectException;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What happens to requests that are under way when the gateway is asked to end. */
class StopTest {
  private static final String BODY =
      "{'model':'mini','stream':true,'messages':[{'role':'user','content':'1+1='}]}";

  @Test
  void close_requestUnderWay_isAnsweredToItsEnd() throws Exception {
    try (var worker = FakeWorker.start("w1", Story.model("mini")).script(_ -> {})) {
      var gateway = Harness.before(worker);
      var http = new Http(gateway.http());
      var response =
          http.client()
              .sendAsync(http.request("/v1/chat/completions", BODY), BodyHandlers.ofString());
      var call = worker.next();
      var closed = CompletableFuture.runAsync(gateway::close);
      await()
          .untilAsserted(() ->
              assertThatThrownBy(() -> new Http(gateway.http()).get("/v1/models"))
                  .isInstanceOf(ConnectException.class));
      Story.tell(call);
      assertThat(Http.events(response.get(10, TimeUnit.SECONDS).body())).endsWith("[DONE]");
      closed.get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void close_requestThatDoesNotEnd_isCutOffInTime() throws Exception {
    try (var worker = FakeWorker.start("w1", Story.model("mini")).script(_ -> {})) {
      var gateway =
          Harness.with(
              Map.of(
                  "unmask.gateway.workers",
                  worker.address(),
                  "grpc.server.await-termination",
                  "100ms"));
      var http = new Http(gateway.http());
      var response =
          http.client()
              .sendAsync(http.request("/v1/chat/completions", BODY), BodyHandlers.ofString());
      var call = worker.next();
      CompletableFuture.runAsync(gateway::close).get(10, TimeUnit.SECONDS);
      assertThatThrownBy(() -> response.get(10, TimeUnit.SECONDS)).isNotNull();
      call.cancelled().get(10, TimeUnit.SECONDS);
    }
  }
}
