package dev.unmask.deploy.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unmask.client.UnmaskClient;
import dev.unmask.client.local.Cluster;
import dev.unmask.client.local.OwnProcesses;
import dev.unmask.client.local.Plan;
import dev.unmask.client.local.Secret;
import dev.unmask.contract.Limits;
import dev.unmask.generation.v1.GenerateRequest;
import dev.unmask.type.v1.Prompt;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One trace over gateway, worker and cache-service, each a process of its own. */
@Timeout(180)
class TracesTest {
  private static final String MODEL = "unmask-mini-llada";
  private static final String GATEWAY = "unmask-gateway";
  private static final String WORKER = "unmask-worker";
  private static final String CACHE = "unmask-cache";
  private static final String MARKER = "periwinkle";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private static Path pages;
  private static Collector collector;
  private static Cluster cluster;

  @BeforeAll
  static void start() throws Exception {
    collector = new Collector();
    var model = Path.of("..", "models", MODEL).toAbsolutePath().normalize();
    var secret = Secret.random(new SecureRandom());
    var services = new Plan.Services(1, 1);
    var plan = new Plan(List.of(model), services, List.of("cpu"), 0, pages, secret);
    var flags = Path.of("..", "jvm.flags").toAbsolutePath().normalize();
    var processes = OwnProcesses.likeThis(flags, System.err, System.err::println);
    cluster =
        Cluster.start(
            plan,
            (role, name, settings) -> {
              var traced = new HashMap<>(settings);
              traced.put("unmask.tracing.endpoint", collector.endpoint());
              traced.put("unmask.tracing.sample-ratio", "0");
              return processes.launch(role, name, traced);
            });
    cluster.awaitModels();
  }

  @AfterAll
  static void stop() {
    cluster.close();
    collector.close();
  }

  @Test
  void request_ofATracedCaller_isOneTraceOverAllServices() throws Exception {
    var id = "4bf92f3577b34da6a3ce929d0e0e4736";
    ask(id, "{\"model\":\"%s\",\"prompt\":\"%s 3+4=\"}".formatted(MODEL, MARKER));
    var trace = awaitTrace(id, 1);

    var request = trace.named(GATEWAY, "/Generate").kind(SpanKind.SPAN_KIND_SERVER).only();
    assertThat(Spans.hex(request.span().getParentSpanId())).isEqualTo("00f067aa0ba902b7");
    assertThat(request.word("unmask.model")).isEqualTo(MODEL);
    assertThat(request.number("unmask.steps")).isPositive();
    assertThat(trace.named(GATEWAY, "waiting for its turn").only().within(request)).isTrue();
    var attempt = trace.named(GATEWAY, "/Decode").only();
    assertThat(attempt.within(request)).isTrue();
    var decode = trace.named(WORKER, "/Decode").only();
    assertThat(decode.within(attempt)).isTrue();
    assertThat(decode.word("unmask.request_id")).isEqualTo(request.word("unmask.request_id"));
    assertThat(trace.named(WORKER, "waiting for a slot").only().within(decode)).isTrue();
    var shared = trace.named(WORKER, "shared states").only();
    assertThat(shared.within(decode)).isTrue();
    var calls = trace.kind(SpanKind.SPAN_KIND_CLIENT).all();
    var served =
        trace.kind(SpanKind.SPAN_KIND_SERVER).all().stream()
            .filter(made -> made.service().equals(CACHE))
            .toList();
    assertThat(served).isNotEmpty();
    assertThat(served)
        .allMatch(answered ->
            calls.stream().anyMatch(call -> call.within(shared) && answered.within(call)));
  }

  @Test
  void steps_ofATracedRequest_areLinkedToTheForwardsThatMadeThem() throws Exception {
    var id = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa1";
    ask(id, "{\"model\":\"%s\",\"prompt\":\"%s 5+4=\"}".formatted(MODEL, MARKER));
    var trace = awaitTrace(id, 1);
    var decode = trace.named(WORKER, "/Decode").only();
    var steps = trace.named(WORKER, "step").all();
    assertThat(steps).hasSize((int) decode.number("unmask.steps"));
    assertThat(steps).allMatch(step -> step.within(decode));
    var forwards = collector.spans().named(WORKER, "forward").all();
    assertThat(steps)
        .allSatisfy(step -> {
          var made = forwards.stream().filter(step::linkedTo).toList();
          assertThat(made).hasSize(1);
          assertThat(made.getFirst().linkedTo(decode)).isTrue();
          assertThat(made.getFirst().number("unmask.rows"))
              .isGreaterThanOrEqualTo(step.number("unmask.rows"));
          assertThat(made.getFirst().span().getTraceId()).isNotEqualTo(step.span().getTraceId());
        });
  }

  @Test
  void steps_moreThanTheBound_areCounted() throws Exception {
    var id = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa2";
    int length = Limits.TRACED_STEPS + 32;
    ask(
        id,
        """
        {"model":"%s","prompt":"%s 6+4=","max_tokens":%d,
         "unmask":{"spec":{"fixed_schedule":{"tokens_per_step":1},"no_cache":{},"end_of_sequence_rule":"END_OF_SEQUENCE_RULE_DECODE_ALL"}}}
        """
            .formatted(MODEL, MARKER, length));
    var trace = awaitTrace(id, Limits.TRACED_STEPS);
    assertThat(trace.named(WORKER, "step").all()).hasSize(Limits.TRACED_STEPS);
    assertThat(trace.named(WORKER, "/Decode").only().number("unmask.steps_without_span"))
        .isEqualTo(32);
  }

  @Test
  void request_ofNoTrace_isNotSampledAtRatioNought() {
    try (var client = UnmaskClient.connect(cluster.gatewayAddress())) {
      var prompt = Prompt.newBuilder().setText(MARKER + " 8+1=");
      var opened =
          client.ask(
              GenerateRequest.newBuilder().setModel(MODEL).setPrompt(prompt).build(), _ -> {});
      assertThat(opened.tokens()).isNotEmpty();
    }
    assertThat(collector.spans().named(GATEWAY, "/Generate").all())
        .allMatch(made -> !made.span().getParentSpanId().isEmpty());
  }

  private static Spans awaitTrace(String id, int steps) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> {
          var trace = collector.spans().of(id);
          assertThat(trace.named(WORKER, "step").all()).hasSizeGreaterThanOrEqualTo(steps);
          assertThat(trace.named(WORKER, "/Decode").all()).isNotEmpty();
          assertThat(trace.named(GATEWAY, "/Decode").all()).isNotEmpty();
          assertThat(trace.named(GATEWAY, "/Generate").kind(SpanKind.SPAN_KIND_SERVER).all())
              .isNotEmpty();
          assertThat(trace.kind(SpanKind.SPAN_KIND_SERVER).all())
              .anyMatch(made -> made.service().equals(CACHE));
        });
    assertThat(collector.holds(MARKER)).as("what was asked is in no span").isFalse();
    return collector.spans().of(id);
  }

  private static void ask(String trace, String body) throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      var answer =
          client.send(
              HttpRequest.newBuilder(
                      URI.create(
                          "http://" + cluster.httpAddress().orElseThrow() + "/v1/completions"))
                  .header("Content-Type", "application/json")
                  .header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
                  .POST(BodyPublishers.ofString(body))
                  .build(),
              BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }
  }
}
