package dev.unmask.client.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unmask.client.UnmaskClient;
import dev.unmask.client.local.Cluster;
import dev.unmask.client.local.Home;
import dev.unmask.client.local.MetricsPorts;
import dev.unmask.client.local.Plan;
import dev.unmask.client.local.Secret;
import dev.unmask.client.local.Service;
import dev.unmask.client.local.SharedProcess;
import dev.unmask.client.terminal.Paper;
import dev.unmask.client.terminal.Streams;
import dev.unmask.generation.v1.GenerateRequest;
import dev.unmask.type.v1.Prompt;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against all three services in this process. */
@Timeout(120)
class TopCommandTest {
  private static final Path MODEL =
      Path.of("..", "models", "unmask-mini-llada").toAbsolutePath().normalize();

  @TempDir private static Path folder;
  private static Cluster cluster;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeAll
  static void start() {
    var plan =
        new Plan(
            List.of(MODEL),
            new Plan.Services(1, 1),
            List.of("cpu"),
            new Plan.Ports(0, 0, Optional.of(new MetricsPorts(0))),
            folder,
            Secret.random(new SecureRandom()));
    cluster = Cluster.start(plan, new SharedProcess());
    cluster.awaitModels();
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void top_onceWhileAsked_showsEveryServiceAtWork() {
    var asking = CompletableFuture.runAsync(TopCommandTest::ask);
    int code = top("--every", "1s", "--once");
    asking.join();

    assertThat(code).isZero();
    var lines = out.toString(UTF_8).lines().toList();
    assertThat(lines).hasSize(8);
    assertThat(cells(lines, "GATEWAY")).containsEntry("WORKERS", "1/1");
    assertThat(cells(lines, "WORKER")).containsKey("FORWARDS/S").containsEntry("WAITING", "0");
    assertThat(Double.parseDouble(cells(lines, "WORKER").get("FORWARDS/S"))).isPositive();
    assertThat(cells(lines, "WORKER").get("RUNNING")).matches("[01]/8");
    assertThat(cells(lines, "CACHE").get("USED")).matches(".*B/.*[MG]iB");
    assertThat(err.size()).isZero();
  }

  @Test
  void top_oneServiceGone_isSaidAndTheOthersShown() {
    int code = top("--every", "100ms", "--once", "--worker", "127.0.0.1:1");
    assertThat(code).isZero();
    assertThat(out.toString(UTF_8))
        .containsPattern("127\\.0\\.0\\.1:1 +unreachable: nobody listens there\n");
  }

  @Test
  void top_nobodyThere_failsAndSaysHowToBegin() {
    int code = execute(streams(), "top", "--once", "--every", "100ms", "--gateway", "127.0.0.1:1");
    assertThat(code).isEqualTo(1);
    assertThat(err.toString(UTF_8)).contains("unmask up --metrics").hasLineCount(1);
  }

  @Test
  void top_wrongAddressOrTime_isToldInALine() {
    assertThat(execute(streams(), "top", "--worker", "nowhere")).isEqualTo(1);
    assertThat(err.toString(UTF_8)).contains("nowhere is no HOST:PORT").hasLineCount(1);
    assertThat(execute(streams(), "top", "--every", "1ms")).isEqualTo(1);
    assertThat(err.toString(UTF_8)).contains("--every must be 100ms to 1h");
  }

  @Test
  void top_terminal_isDrawnUntilQAndGivenBack() throws IOException {
    var keys = new PipedOutputStream();
    var input = new PipedInputStream(keys);
    var streams = new Streams(input, print(out), print(err), Optional.of(new Paper(80, 24, true)));
    var ended = CompletableFuture.supplyAsync(() -> execute(streams, all("--every", "100ms")));
    await().until(() -> frames() >= 3);
    keys.write("xq".getBytes(UTF_8));
    keys.flush();
    assertThat(ended.join()).isZero();
    var shown = out.toString(UTF_8);
    assertThat(shown).startsWith("\033[?1049h").endsWith("\033[?25h\033[?1049l");
    assertThat(shown).contains("unmask top", "FORWARDS/S");
  }

  private long frames() {
    return out.toString(UTF_8).split("FORWARDS/S", -1).length - 1L;
  }

  private static void ask() {
    try (var client = UnmaskClient.connect(cluster.gatewayAddress())) {
      for (int time = 0; time < 20; time++) {
        client.ask(
            GenerateRequest.newBuilder()
                .setModel("unmask-mini-llada")
                .setPrompt(Prompt.newBuilder().setText(time + "+1="))
                .build(),
            _ -> {});
      }
    }
  }

  /** Cells of the one service of a kind, by the titles above them. */
  private static Map<String, String> cells(List<String> lines, String kind) {
    int header = 0;
    while (!lines.get(header).startsWith(kind + " ")) {
      header++;
    }
    var titles = lines.get(header).split(" +", -1);
    var cells = lines.get(header + 1).split(" +", -1);
    var found = new HashMap<String, String>();
    for (int i = 0; i < titles.length; i++) {
      found.put(titles[i], cells[i]);
    }
    return found;
  }

  private int top(String... more) {
    return execute(streams(), all(more));
  }

  private static String[] all(String... more) {
    var arguments = new ArrayList<>(List.of("top"));
    arguments.addAll(List.of("--gateway", cluster.httpAddress().orElseThrow()));
    for (Service service : cluster.services()) {
      service
          .metricsAddress()
          .ifPresent(address ->
              arguments.addAll(
                  List.of(service.name().startsWith("cache") ? "--cache" : "--worker", address)));
    }
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }

  private int execute(Streams streams, String... arguments) {
    return Unmask.commandLine(streams, new Home(Path.of(""))).execute(arguments);
  }

  private Streams streams() {
    return new Streams(InputStream.nullInputStream(), print(out), print(err), Optional.empty());
  }

  private static PrintStream print(ByteArrayOutputStream to) {
    return new PrintStream(to, true, UTF_8);
  }
}
