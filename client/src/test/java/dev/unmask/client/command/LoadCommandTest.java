package dev.unmask.client.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.unmask.client.Events;
import dev.unmask.client.FakeGateway;
import dev.unmask.client.local.Home;
import dev.unmask.client.terminal.Streams;
import dev.unmask.contract.Problem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadCommandTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir private Path folder;

  @BeforeEach
  void writeQuestions() throws IOException {
    var tasks = Files.createDirectories(folder.resolve("models/tasks"));
    for (var task : List.of("arithmetic", "lists", "lookup", "code")) {
      Files.writeString(
          tasks.resolve(task + ".jsonl"),
          """
          {"id": "a", "messages": [{"role": "user", "content": "%s?"}], "answer": "7", \
          "signature": "def f():", "tests": ["assert f() == 1"]}
          """
              .formatted(task));
    }
  }

  @Test
  void load_rates_areTablesCurvesAndFiles() throws IOException {
    try (var gateway = FakeGateway.telling(Events.answer())) {
      var json = folder.resolve("load.json");
      var svg = folder.resolve("load.svg");
      int code =
          run(
              gateway,
              "--rate",
              "200,400",
              "--requests",
              "20",
              "--warm-up",
              "0s",
              "--threshold",
              "0.8",
              "--out",
              json.toString(),
              "--svg",
              svg.toString());
      assertThat(code).isZero();
      assertThat(out.toString(UTF_8))
          .contains("200 requests/s", "400 requests/s", "Latency, ms", "o p50 + p95 x p99");
      assertThat(err.toString(UTF_8)).contains("unmask: 200 requests/s: ").hasLineCount(2);
      var report = new ObjectMapper().readTree(json.toFile());
      assertThat(report.at("/levels/1/counts/completed").asInt()).isEqualTo(20);
      assertThat(report.at("/facts/workload/spec/threshold/threshold").asDouble()).isEqualTo(0.8);
      assertThat(Files.readString(svg)).startsWith("<svg");
      // Four tasks are asked one question each before anything is measured.
      assertThat(gateway.requests()).hasSize(44);
      assertThat(gateway.requests().subList(0, 4))
          .extracting(request -> request.getPrompt().getConversation().getMessages(0).getContent())
          .containsExactly("arithmetic?", "lists?", "lookup?", "code?");
    }
  }

  @Test
  void load_streamsAndJson_areOneObject() throws IOException {
    try (var gateway = FakeGateway.telling(Events.answer())) {
      int code =
          run(
              gateway,
              "--concurrency",
              "3",
              "--requests",
              "9",
              "--warm-up",
              "0s",
              "--task",
              "lists",
              "--lengths",
              "32,64",
              "--seed",
              "7",
              "--json");
      assertThat(code).isZero();
      assertThat(out.toString(UTF_8)).hasLineCount(1);
      var report = new ObjectMapper().readTree(out.toString(UTF_8));
      assertThat(report.at("/levels/0/load/concurrency").asInt()).isEqualTo(3);
      assertThat(report.at("/facts/workload/seed").asInt()).isEqualTo(7);
      assertThat(report.at("/facts/workload/lengths").asText()).isEqualTo("32:0.5,64:0.5");
      assertThat(report.at("/facts/latency").asText()).contains("queueing is hidden");
    }
  }

  @Test
  void load_search_endsWithARateThatHeld() throws IOException {
    try (var gateway = FakeGateway.telling(Events.answer())) {
      int code =
          run(
              gateway,
              "--search",
              "--rate",
              "5000",
              "--duration",
              "100ms",
              "--warm-up",
              "0s",
              "--slo-total",
              "10m");
      assertThat(code).isZero();
      assertThat(out.toString(UTF_8)).contains("requests/s");
      assertThat(out.toString(UTF_8)).containsAnyOf("Highest rate that held", "No rate");
    }
  }

  @Test
  void load_refusedWorkload_isToldBeforeAnythingIsMeasured() throws IOException {
    try (var gateway = FakeGateway.refusing(Problem.BadRequest.of("spec.wino", "is no good"))) {
      assertThat(run(gateway, "--rate", "5")).isEqualTo(1);
      assertThat(err.toString(UTF_8)).isEqualTo("unmask: spec.wino: is no good\n");
      assertThat(out.size()).isZero();
      assertThat(gateway.requests()).hasSize(1);
    }
  }

  @Test
  void load_interrupted_tellsWhatThereIs() throws Exception {
    try (var gateway = FakeGateway.telling(Events.answer())) {
      var code = new AtomicInteger(-1);
      var load =
          Thread.ofVirtual()
              .start(() -> code.set(run(gateway, "--rate", "100,200", "--warm-up", "0s")));
      await().until(() -> gateway.requests().size() > 20);
      load.interrupt();
      load.join();
      assertThat(code).hasValue(130);
      assertThat(out.toString(UTF_8))
          .contains("100 requests/s", "Not finished: the last load was cut off in the middle.")
          .doesNotContain("200 requests/s");
    }
  }

  @Test
  void load_interruptedBeforeTheFirstLoad_saysSo() throws Exception {
    try (var gateway = FakeGateway.stuckAfter(List.of())) {
      var code = new AtomicInteger(-1);
      var load = Thread.ofVirtual().start(() -> code.set(run(gateway, "--rate", "1")));
      await().until(() -> !gateway.requests().isEmpty());
      load.interrupt();
      load.join();
      assertThat(code).hasValue(130);
      assertThat(err.toString(UTF_8)).contains("interrupted before anything was measured");
    }
  }

  @Test
  void load_wrongUsage_namesOptionAndBound() throws IOException {
    refused("which load? --rate R, --concurrency N or --search");
    refused("--rate and --concurrency: give one", "--rate", "1", "--concurrency", "1");
    refused("--rate must be 0.001 to 10000.0 requests/s, is 0.0", "--rate", "0");
    refused("--rate must be 0.001 to 10000.0 requests/s, is NaN", "--rate", "NaN");
    refused("--concurrency must be 1 to 8192, is 0", "--concurrency", "0");
    refused("Invalid value for option '--rate'", "--rate", "fast");
    refused("--duration must be above 0s", "--rate", "1", "--duration", "0s");
    refused("'20' is not a number and ms, s, m or h", "--rate", "1", "--duration", "20");
    refused("--warm-up must be 0s to 24h", "--rate", "1", "--warm-up", "25h");
    refused("--requests must be 1 to 10000000, is 0", "--rate", "1", "--requests", "0");
    refused("--slo-total belongs to --search", "--rate", "1", "--slo-total", "1s");
    refused("--slo-first-block must be above 0", "--search", "--slo-first-block", "0ms");
    refused("--search takes one --rate", "--search", "--rate", "1,2");
    refused("give one", "--rate", "1", "--task", "lists", "--prompt-tokens", "8");
    refused("--length and --lengths: give one", "--rate", "1", "--length", "8", "--lengths", "8");
    refused("--lengths must be 1 to 4096 tokens, is '0'", "--rate", "1", "--lengths", "0");
    refused(
        "--prompt-tokens must be 1 to 99 tokens, is '100'",
        "--rate",
        "1",
        "--prompt-tokens",
        "100");
    refused("did you mean lists?", "--rate", "1", "--task", "list");
    refused("--task takes arithmetic,lists,lookup,code", "--rate", "1", "--task", "gsm8k");
    refused("no model nobody is served", "--rate", "1", "--model", "nobody");
  }

  @Test
  void load_allRefused_failsAndSaysWhy() throws IOException {
    var busy = new Problem.Exhausted("no slot", Duration.ofMillis(1));
    try (var gateway = FakeGateway.answeringOnce(Events.answer(), busy)) {
      int code =
          run(
              gateway,
              "--rate",
              "500",
              "--requests",
              "10",
              "--warm-up",
              "0s",
              "--prompt-tokens",
              "8");
      assertThat(code).isEqualTo(1);
      assertThat(out.toString(UTF_8)).contains("10 × resource exhausted: ", "no slot");
    }
  }

  private void refused(String reason, String... arguments) throws IOException {
    err.reset();
    try (var gateway = FakeGateway.telling(Events.answer())) {
      assertThat(run(gateway, arguments)).as(reason).isEqualTo(2);
      assertThat(err.toString(UTF_8)).contains(reason);
      assertThat(gateway.requests()).isEmpty();
    }
  }

  private int run(FakeGateway gateway, String... arguments) {
    var all = new ArrayList<>(List.of("load", "--gateway", gateway.address()));
    all.addAll(List.of(arguments));
    var streams =
        new Streams(
            new ByteArrayInputStream(new byte[0]),
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            Optional.empty());
    return Unmask.commandLine(streams, new Home(folder)).execute(all.toArray(String[]::new));
  }
}
