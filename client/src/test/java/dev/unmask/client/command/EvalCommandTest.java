package dev.unmask.client.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unmask.client.Events;
import dev.unmask.client.FakeGateway;
import dev.unmask.client.local.Home;
import dev.unmask.client.terminal.Paper;
import dev.unmask.client.terminal.Streams;
import dev.unmask.contract.Problem;
import dev.unmask.generation.v1.GenerateRequest;
import dev.unmask.type.v1.Compatibility;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvalCommandTest {
  private static final String QUESTION =
      """
      {"id": "%s", "messages": [{"role": "user", "content": "4 + 3?"}], "answer": "7"}
      """;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir private Path folder;

  @BeforeEach
  void writeQuestions() throws IOException {
    var tasks = Files.createDirectories(folder.resolve("models/tasks"));
    var text = QUESTION.formatted("a") + QUESTION.formatted("b") + "not a question\n";
    Files.writeString(tasks.resolve("arithmetic.jsonl"), text);
    Files.writeString(tasks.resolve("lists.jsonl"), QUESTION.formatted("c"));
  }

  @Test
  void eval_shippedTask_asksAllAndReports() throws IOException {
    try (var gateway = FakeGateway.telling(Events.answer())) {
      assertThat(run(gateway, "arithmetic", "--threshold", "0.8")).isZero();
      assertThat(gateway.requests()).hasSize(3);
      var request = gateway.requests().getLast();
      assertThat(request.getModel()).isEqualTo("mini");
      assertThat(request.getPrompt().getConversation().getMessages(0).getContent())
          .isEqualTo("4 + 3?");
      assertThat(request.getSpec().getGenerationLength()).isEqualTo(128);
      assertThat(request.getSpec().getThreshold().getThreshold()).isEqualTo(0.8);
      assertThat(out.toString(UTF_8)).contains("given   0/2", "report: ");
      assertThat(err.toString(UTF_8)).contains("arithmetic, mini · 0/2", "2/2 · 0.0 % right");
      assertThat(Files.readString(report())).contains("arithmetic.jsonl:3: ");
    }
  }

  @Test
  void eval_driftThroughAGatewayOrWithAMethod_isRefused() throws IOException {
    try (var gateway = FakeGateway.telling(Events.answer())) {
      assertThat(run(gateway, "--drift")).isEqualTo(2);
      assertThat(gateway.requests()).isEmpty();
    }
    assertThat(err.toString(UTF_8)).contains("--drift measures checkpoints");
    assertThat(execute(streams(Optional.empty()), "eval", "--drift", "--cache", "none"))
        .isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("only --length goes with it");
  }

  @Test
  void eval_driftOnQuestionsWithoutDocuments_isRefusedWithTheFile() throws IOException {
    var file = Files.writeString(folder.resolve("mine.jsonl"), QUESTION.formatted("a"));
    var streams = streams(Optional.empty());
    assertThat(execute(streams, "eval", "--drift", "--file", file.toString())).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("mine.jsonl", "document_id");
    assertThat(execute(streams, "eval", "--drift")).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("lookup.jsonl");
  }

  @Test
  void eval_sameAgain_asksNothingAndReportsTheSame() throws IOException {
    try (var gateway = FakeGateway.telling(Events.answer())) {
      run(gateway, "arithmetic");
      int asked = gateway.requests().size();
      assertThat(run(gateway, "arithmetic")).isZero();
      assertThat(gateway.requests()).hasSize(asked);
      assertThat(err.toString(UTF_8)).contains("2 answered earlier");
    }
  }

  @Test
  void eval_otherSettingsInTheSameFolder_isRefused() throws IOException {
    try (var gateway = FakeGateway.telling(Events.answer())) {
      run(gateway, "arithmetic", "--threshold", "0.8");
      assertThat(run(gateway, "arithmetic", "--threshold", "0.9")).isEqualTo(2);
      assertThat(err.toString(UTF_8)).contains("begun with other settings", "--out");
    }
  }

  @Test
  void eval_furtherLimit_goesOn() throws IOException {
    try (var gateway = FakeGateway.telling(Events.answer())) {
      run(gateway, "arithmetic", "--limit", "1");
      run(gateway, "arithmetic", "--limit", "2");
      assertThat(gateway.requests()).hasSize(4);
    }
  }

  @Test
  void eval_warmUp_isNoneOfTheQuestions() throws IOException {
    try (var gateway = FakeGateway.telling(Events.answer())) {
      run(gateway, "arithmetic");
      assertThat(gateway.requests())
          .extracting(request -> request.getPrompt().getConversation().getMessages(0).getContent())
          .containsExactly("First of all. 4 + 3?", "4 + 3?", "4 + 3?");
    }
  }

  @Test
  void eval_settingsAsInD2Cache_areItsDecoding() throws IOException {
    try (var gateway = FakeGateway.telling(Events.answer())) {
      int code =
          run(
              gateway,
              "--set",
              "dataset.name=arithmetic",
              "cache=prefix",
              "dataset.size=1",
              "generation.threshold=0.7",
              "--length",
              "64",
              "--stop",
              "###");
      assertThat(code).isZero();
      assertThat(gateway.requests()).hasSize(2);
      var spec = gateway.requests().getLast().getSpec();
      assertThat(spec.hasPrefixCache()).isTrue();
      assertThat(spec.getThreshold().getThreshold()).isEqualTo(0.7);
      assertThat(spec.getGenerationLength()).isEqualTo(64);
      assertThat(spec.getStopList()).containsExactly("###");
      assertThat(spec.getCompatibility()).isEqualTo(Compatibility.COMPATIBILITY_D2CACHE);
    }
  }

  @Test
  void eval_compare_putsEveryQuestionToEveryMethod() throws IOException {
    try (var gateway = FakeGateway.telling(Events.answer())) {
      int code =
          run(
              gateway,
              "arithmetic",
              "lists",
              "--lengths",
              "32,64",
              "--compare",
              "vanilla;+both;mine=generation.factor=2");
      assertThat(code).isZero();
      // Three methods at two lengths: a warm-up and two questions, a warm-up and one.
      assertThat(gateway.requests()).hasSize(3 * 2 * (3 + 2));
      assertThat(gateway.requests())
          .extracting(GenerateRequest::getSpec)
          .extracting(spec -> spec.getGenerationLength())
          .containsOnly(32, 64);
      assertThat(out.toString(UTF_8))
          .contains("Vanilla, cache, parallel, both", "all tasks", "(1.00x)");
      assertThat(Files.readString(report())).contains("mine");
    }
  }

  @Test
  void eval_refusedMethod_isToldAndNothingElse() throws IOException {
    try (var gateway = FakeGateway.refusing(Problem.BadRequest.of("spec.wino", "is no good"))) {
      assertThat(run(gateway, "arithmetic")).isEqualTo(1);
      assertThat(out.toString(UTF_8)).contains("Methods the server refuses", "is no good");
    }
  }

  @Test
  void eval_interrupted_writesWhatThereIs() throws Exception {
    try (var gateway = FakeGateway.stuckAfter(Events.answer().subList(0, 1))) {
      var code = new AtomicInteger(-1);
      var evaluation = Thread.ofVirtual().start(() -> code.set(run(gateway, "arithmetic")));
      await().until(() -> !gateway.requests().isEmpty());
      evaluation.interrupt();
      evaluation.join();
      assertThat(code).hasValue(130);
      await().until(() -> gateway.cancelled().getCount() == 0);
      assertThat(Files.readString(report())).contains("Not finished");
      assertThat(err.toString(UTF_8)).contains("interrupted; go on with --out");
    }
  }

  @Test
  void eval_codeWithoutPython_isComparedAndSaidSo() throws IOException {
    var question =
        """
        {"id": "c", "messages": [{"role": "user", "content": "double x"}], "answer": "4 + 3",
         "signature": "def f(x):", "entry_point": "f", "tests": ["assert f(1) == 2"]}
        """;
    Files.writeString(folder.resolve("models/tasks/code.jsonl"), question.replace("\n ", " "));
    try (var gateway = FakeGateway.telling(Events.answer())) {
      assertThat(run(gateway, "code", "--python", "no-such-python")).isZero();
      assertThat(err.toString(UTF_8))
          .contains("answers of code are compared, not run: there is no Python called");
      assertThat(out.toString(UTF_8)).contains("1/1");
      assertThat(run(gateway, "humaneval", "--python", "no-such-python")).isEqualTo(1);
    }
  }

  @Test
  void eval_terminal_drawsOneLineAgainAndAgain() throws IOException {
    try (var gateway = FakeGateway.telling(Events.answer())) {
      var streams = streams(Optional.of(new Paper(60, 24, true)));
      execute(streams, arguments(gateway, "arithmetic"));
      assertThat(out.toString(UTF_8)).contains("━", "\033[1A", "\033[?25h");
      assertThat(err.size()).isZero();
    }
  }

  @Test
  void eval_wrongUsage_saysWhatIsWrong() throws IOException {
    refused("did you mean arithmetic?", "arithmetik");
    refused("which task? There are mini, ");
    refused("did you mean generation.threshold?", "arithmetic", "generation.treshold=1");
    refused("of the options only --length", "arithmetic", "cache=prefix", "--threshold", "0.9");
    refused("no model nobody is served; there are mini", "arithmetic", "--model", "nobody");
    refused("concurrency must be 1 to 256", "arithmetic", "--concurrency", "0");
    refused("gsm8k needs its published file", "gsm8k");
    refused("a file is of one task", "arithmetic", "lists", "--file", "x.jsonl");
    refused("give one", "arithmetic", "--lengths", "32,64", "--length", "32");
    refused("limit must be at least 1", "arithmetic", "--limit", "0");
  }

  private void refused(String reason, String... arguments) throws IOException {
    err.reset();
    try (var gateway = FakeGateway.telling(Events.answer())) {
      assertThat(run(gateway, arguments)).isEqualTo(2);
      assertThat(err.toString(UTF_8)).contains(reason);
      assertThat(gateway.requests()).isEmpty();
    }
  }

  private int run(FakeGateway gateway, String... arguments) {
    return execute(streams(Optional.empty()), arguments(gateway, arguments));
  }

  private String[] arguments(FakeGateway gateway, String... arguments) {
    var all = new ArrayList<>(List.of("eval", "--gateway", gateway.address()));
    all.addAll(List.of("--out", folder.resolve("out").toString()));
    all.addAll(List.of(arguments));
    return all.toArray(String[]::new);
  }

  private int execute(Streams streams, String... arguments) {
    return Unmask.commandLine(streams, new Home(folder)).execute(arguments);
  }

  private Path report() {
    return folder.resolve("out").resolve("report.md");
  }

  private Streams streams(Optional<Paper> paper) {
    return new Streams(
        new ByteArrayInputStream(new byte[0]),
        new PrintStream(out, true, UTF_8),
        new PrintStream(err, true, UTF_8),
        paper);
  }
}
