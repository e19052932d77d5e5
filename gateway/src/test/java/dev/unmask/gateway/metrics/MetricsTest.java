package dev.unmask.gateway.metrics;

import static dev.unmask.gateway.Story.model;
import static dev.unmask.gateway.Story.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.unmask.decoder.v1.DecodeResponse;
import dev.unmask.gateway.FakeWorker;
import dev.unmask.gateway.Harness;
import dev.unmask.gateway.Story;
import dev.unmask.gateway.access.ApiKey;
import dev.unmask.generation.v1.GenerateRequest;
import dev.unmask.generation.v1.GenerateResponse;
import dev.unmask.metrics.DocumentedMetrics;
import dev.unmask.metrics.Scrape;
import dev.unmask.type.v1.Closed;
import dev.unmask.type.v1.Commit;
import dev.unmask.type.v1.FinishReason;
import dev.unmask.type.v1.StepDelta;
import dev.unmask.type.v1.Usage;
import io.grpc.Context;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code /metrics} after real calls. */
class MetricsTest {
  @Test
  void scrape_everyMetric_isInTheDocumentAndNoOther() {
    try (var harness = Harness.at("127.0.0.1:1")) {
      assertThat(Scrape.of(harness.http()).types())
          .isEqualTo(DocumentedMetrics.of("Gateway"))
          .isNotEmpty();
    }
  }

  @Test
  void scrape_beforeTheFirstRequest_hasEveryWayToEnd() {
    try (var harness = Harness.at("127.0.0.1:1")) {
      var scrape = Scrape.of(harness.http());
      for (var status : List.of("internal", "unknown", "data_loss", "resource_exhausted")) {
        assertThat(
                scrape.value(
                    "unmask_requests_total{finish_reason=\"none\",status=\"" + status + "\"}"))
            .isZero();
      }
    }
  }

  @Test
  void scrape_afterAnAnswer_hasItsTimesAndUsage() {
    try (var worker = FakeWorker.start("w1", model("mini")).script(MetricsTest::answer);
        var harness = Harness.before(worker)) {
      worker.load(1, 0);
      harness.generate(request().build());
      harness.generate(request().build());

      var scrape = Scrape.of(harness.http());

      assertThat(scrape.value("unmask_requests_total{finish_reason=\"length\",status=\"ok\"}"))
          .isEqualTo(2);
      assertThat(scrape.value("unmask_requests_total{finish_reason=\"stop_string\",status=\"ok\"}"))
          .isZero();
      for (var time :
          List.of(
              "time_to_first_event",
              "time_to_first_token",
              "time_to_first_block",
              "e2e_request_latency")) {
        assertThat(scrape.value("unmask_" + time + "_seconds_count")).as(time).isEqualTo(2);
        assertThat(scrape.value("unmask_" + time + "_seconds_sum")).as(time).isBetween(0.0, 20.0);
      }
      assertThat(scrape.value("unmask_prompt_tokens_total")).isEqualTo(2 * 11);
      assertThat(scrape.value("unmask_generation_tokens_total")).isEqualTo(2 * 48);
      assertThat(scrape.value("unmask_request_steps_sum")).isEqualTo(2 * 12);
      assertThat(scrape.value("unmask_request_steps_bucket{le=\"8.0\"}")).isZero();
      assertThat(scrape.value("unmask_request_steps_bucket{le=\"16.0\"}")).isEqualTo(2);
      assertThat(scrape.value("unmask_request_tokens_per_step_sum")).isEqualTo(8);
      assertThat(scrape.value("unmask_gateway_workers{state=\"reachable\"}")).isOne();
      assertThat(scrape.value("unmask_gateway_slots")).isEqualTo(4);
      assertThat(scrape.value("unmask_gateway_requests_sent")).isZero();
      assertThat(scrape.value("unmask_requests_reopened_total")).isZero();
    }
  }

  @Test
  void scrape_requestUnderWayThenCancelled_isSentThenCountedOnce() {
    try (var worker = FakeWorker.start("w1", model("mini")).script(_ -> {});
        var harness = Harness.before(worker)) {
      var cancelled = Context.current().withCancellation();
      cancelled.run(() -> harness.async().generate(request().build(), new Ignoring()));
      await()
          .untilAsserted(
              () -> assertThat(value(harness.http(), "unmask_gateway_requests_sent")).isOne());

      cancelled.cancel(null);

      await()
          .untilAsserted(() ->
              assertThat(
                      value(
                          harness.http(),
                          "unmask_requests_total{finish_reason=\"none\",status=\"cancelled\"}"))
                  .isOne());
      assertThat(value(harness.http(), "unmask_gateway_requests_sent")).isZero();
      assertThat(value(harness.http(), "unmask_e2e_request_latency_seconds_count")).isZero();
    }
  }

  @Test
  void scrape_workerLost_countsTheReopening() {
    try (var one = FakeWorker.start("w1", model("mini"));
        var two = FakeWorker.start("w2", model("mini"));
        var harness = Harness.before(one, two)) {
      for (var worker : List.of(one, two)) {
        worker.script(call -> {
          one.script(Story::tell);
          two.script(Story::tell);
          worker.die();
        });
      }
      assertThat(harness.generate(request().build())).isNotEmpty();

      assertThat(value(harness.http(), "unmask_requests_reopened_total")).isOne();
    }
  }

  @Test
  void scrape_refusedRequests_hasTheirReasons() {
    try (var worker = FakeWorker.start("w1", model("mini"));
        var harness = Harness.before(worker)) {
      fails(harness, request().clearPrompt().build());
      fails(harness, request().setModel("none").build());

      var scrape = Scrape.of(harness.http());

      assertThat(scrape.value("unmask_requests_refused_total{reason=\"BAD_REQUEST\"}")).isOne();
      assertThat(scrape.value("unmask_requests_refused_total{reason=\"NOT_FOUND\"}")).isOne();
      assertThat(scrape.value("unmask_requests_total{finish_reason=\"none\",status=\"not_found\"}"))
          .isOne();
      assertThat(scrape.value("unmask_time_to_first_event_seconds_count")).isZero();
    }
  }

  @Test
  void scrape_callerUnknown_isCountedByGrpcAndByHttp(@TempDir Path directory) throws Exception {
    var tenants =
        Files.writeString(
            directory.resolve("tenants.yml"),
            "tenants:\n  - {name: a, keys: [%s]}\n"
                .formatted(ApiKey.from(new Random(1)).digest().hex()));
    try (var harness =
        Harness.with(
            Map.of(
                "unmask.gateway.workers",
                "127.0.0.1:1",
                "unmask.gateway.tenants",
                tenants.toString()))) {
      fails(harness, request().build());
      assertThat(chat(harness.http())).isEqualTo(401);

      assertThat(value(harness.http(), "unmask_requests_refused_total{reason=\"UNAUTHENTICATED\"}"))
          .isEqualTo(2);
    }
  }

  private static double value(URI gateway, String series) {
    return Scrape.of(gateway).value(series);
  }

  private static void fails(Harness harness, GenerateRequest request) {
    assertThatThrownBy(() -> harness.generate(request)).isInstanceOf(StatusRuntimeException.class);
  }

  private static int chat(URI gateway) throws IOException, InterruptedException {
    var body = "{\"model\":\"mini\",\"messages\":[{\"role\":\"user\",\"content\":\"1+1=\"}]}";
    try (var client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(gateway.resolve("/v1/chat/completions"))
                  .header("Content-Type", "application/json")
                  .POST(BodyPublishers.ofString(body))
                  .build(),
              BodyHandlers.discarding())
          .statusCode();
    }
  }

  private static void answer(FakeWorker.Call call) {
    List.of(
            Story.opened(call.request().getRequestId()),
            DecodeResponse.newBuilder()
                .setDelta(
                    StepDelta.newBuilder()
                        .addCommits(Commit.newBuilder().setPosition(11).setToken(3)))
                .build(),
            Story.committed("two"),
            DecodeResponse.newBuilder()
                .setClosed(
                    Closed.newBuilder()
                        .setFinishReason(FinishReason.FINISH_REASON_LENGTH)
                        .setUsage(
                            Usage.newBuilder()
                                .setPromptTokens(11)
                                .setCompletionTokens(48)
                                .setSteps(12)
                                .setTokensPerStep(4)))
                .build())
        .forEach(call.gateway()::onNext);
    call.gateway().onCompleted();
  }

  private static final class Ignoring implements StreamObserver<GenerateResponse> {
    @Override
    public void onNext(GenerateResponse event) {}

    @Override
    public void onError(Throwable failure) {}

    @Override
    public void onCompleted() {}
  }
}
