package dev.unmask.client.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.client.Events;
import dev.unmask.client.FakeGateway;
import dev.unmask.client.local.Home;
import dev.unmask.client.terminal.Paper;
import dev.unmask.client.terminal.Streams;
import dev.unmask.contract.Problem;
import dev.unmask.contract.Violation;
import dev.unmask.gateway.access.KeyDigest;
import dev.unmask.generation.v1.DeadlineRule;
import dev.unmask.type.v1.Preference;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UnmaskTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void generate_words_areOneTurnOfAConversation() throws IOException {
    try (var gateway = FakeGateway.telling(Events.answer())) {
      int code = run(gateway, "", "generate", "--model", "mini", "--length", "64", "what", "is it");
      assertThat(code).isZero();
      assertThat(out.toString(UTF_8)).isEqualTo("4 + 3\n");
      var request = gateway.requests().getFirst();
      assertThat(request.getModel()).isEqualTo("mini");
      assertThat(request.getSpec().getGenerationLength()).isEqualTo(64);
      var turns = request.getPrompt().getConversation().getMessagesList();
      assertThat(turns)
          .extracting(m -> m.getRole() + ": " + m.getContent())
          .containsExactly("user: what is it");
    }
  }

  @Test
  void generate_rawFromStandardInput_isTextAsItIs() throws IOException {
    try (var gateway = FakeGateway.telling(Events.answer())) {
      run(gateway, "  as it is\n", "generate", "--raw", "--worker", "worker-2");
      var request = gateway.requests().getFirst();
      assertThat(request.getPrompt().getText()).isEqualTo("  as it is\n");
      assertThat(request.getWorker()).isEqualTo("worker-2");
    }
  }

  @Test
  void generate_partKnownAndTimeBounded_isAskedSo() throws IOException {
    try (var gateway = FakeGateway.telling(Events.answer())) {
      run(gateway, "", "generate", "--suffix", "!", "--given", "1=7", "--within", "9s", "hi");
      var request = gateway.requests().getFirst();
      assertThat(request.getGiven().getSuffixText()).isEqualTo("!");
      assertThat(request.getGiven().getTokens(0).getToken()).isEqualTo(7);
      assertThat(request.getDeadlineRule()).isEqualTo(DeadlineRule.DEADLINE_RULE_FEWER_STEPS);
      run(gateway, "", "generate", "hi");
      assertThat(gateway.requests().getLast().hasGiven()).isFalse();
      assertThat(gateway.requests().getLast().getDeadlineRule())
          .isEqualTo(DeadlineRule.DEADLINE_RULE_UNSPECIFIED);
    }
  }

  @Test
  void generate_prefer_isAskedSo() throws IOException {
    try (var gateway = FakeGateway.telling(Events.answer())) {
      assertThat(run(gateway, "", "generate", "--prefer", "latency", "hi")).isZero();
      assertThat(gateway.requests().getLast().getPreference())
          .isEqualTo(Preference.PREFERENCE_LATENCY);
      assertThat(run(gateway, "", "generate", "--prefer", "speed", "hi")).isNotZero();
      assertThat(err.toString(UTF_8)).contains("'speed' is not one of quality, balanced, latency");
      assertThat(gateway.requests()).hasSize(1);
    }
  }

  @Test
  void generate_json_isMachineReadable() throws IOException {
    try (var gateway = FakeGateway.telling(Events.answer())) {
      assertThat(run(gateway, "", "generate", "--json", "hi")).isZero();
      assertThat(out.toString(UTF_8)).startsWith("{\"request_id\":").contains("\"pages_hit\":8");
    }
  }

  @Test
  void generate_violations_areOneLineEach() throws IOException {
    var violations = List.of(new Violation("a", "is empty"), new Violation("b", "is NaN"));
    try (var gateway = FakeGateway.refusing(new Problem.BadRequest(violations))) {
      assertThat(run(gateway, "", "generate", "hi")).isEqualTo(1);
      assertThat(err.toString(UTF_8)).isEqualTo("unmask: a: is empty\nunmask: b: is NaN\n");
      assertThat(out.size()).isZero();
    }
  }

  @Test
  void generate_noGateway_saysHowToGetOne() throws IOException {
    var gateway = FakeGateway.telling(List.of());
    gateway.close();
    assertThat(run(gateway, "", "generate", "hi")).isEqualTo(1);
    assertThat(err.toString(UTF_8)).contains("unmask up").hasLineCount(1);
  }

  @Test
  void chat_twoLines_keepTheConversation() throws IOException {
    try (var gateway = FakeGateway.telling(Events.answer())) {
      assertThat(run(gateway, "one\ntwo\n", "chat", "--system", "be brief")).isZero();
      var turns = gateway.requests().getLast().getPrompt().getConversation().getMessagesList();
      assertThat(turns)
          .extracting(m -> m.getRole() + ": " + m.getContent())
          .containsExactly("system: be brief", "user: one", "assistant: 4 + 3", "user: two");
    }
  }

  @Test
  void chat_emptyLine_startsAnew() throws IOException {
    try (var gateway = FakeGateway.telling(Events.answer())) {
      run(gateway, "one\n\ntwo\n", "chat");
      var turns = gateway.requests().getLast().getPrompt().getConversation().getMessagesList();
      assertThat(turns).extracting(m -> m.getContent()).containsExactly("two");
    }
  }

  @Test
  void chat_refusedTurn_isToldAndDropped() throws IOException {
    try (var gateway = FakeGateway.refusing(Problem.BadRequest.of("prompt", "is too long"))) {
      assertThat(run(gateway, "one\ntwo\n", "chat")).isZero();
      assertThat(err.toString(UTF_8)).contains("prompt: is too long").hasLineCount(2);
      var turns = gateway.requests().getLast().getPrompt().getConversation().getMessagesList();
      assertThat(turns).extracting(m -> m.getContent()).containsExactly("two");
    }
  }

  @Test
  void models_oneServed_isARow() throws IOException {
    try (var gateway = FakeGateway.telling(List.of())) {
      assertThat(run(gateway, "", "models")).isZero();
      assertThat(out.toString(UTF_8)).startsWith("NAME").contains("\nmini");
    }
  }

  @Test
  void generate_terminal_isDrawn() throws IOException {
    try (var gateway = FakeGateway.telling(Events.answer())) {
      var streams = streams("", Optional.of(new Paper(80, 24, true)));
      execute(streams, "generate", "--gateway", gateway.address(), "hi");
      assertThat(out.toString(UTF_8)).contains("░░").contains("3 tokens");
    }
  }

  @Test
  void generate_apiKey_isShownToTheGatewayAndNowhereElse() throws IOException {
    try (var gateway = FakeGateway.telling(Events.answer())) {
      assertThat(run(gateway, "", "generate", "--api-key", "umk_secret", "hi")).isZero();
      assertThat(gateway.callers()).containsExactly("Bearer umk_secret");
      assertThat(out.toString(UTF_8) + err.toString(UTF_8)).doesNotContain("umk_secret");
    }
  }

  @Test
  void generate_certificateWithoutItsKey_isRefused() throws IOException {
    try (var gateway = FakeGateway.telling(Events.answer())) {
      assertThat(run(gateway, "", "generate", "--tls-certificate", "c.pem", "hi")).isEqualTo(1);
      assertThat(err.toString(UTF_8)).contains("certificate and its key go together");
      assertThat(gateway.requests()).isEmpty();
    }
  }

  @Test
  void key_twice_areTwoKeysWithTheirDigests() {
    var streams = streams("", Optional.empty());
    assertThat(execute(streams, "key")).isZero();
    assertThat(execute(streams, "key")).isZero();
    var lines = out.toString(UTF_8).lines().toList();
    assertThat(lines).hasSize(4).doesNotHaveDuplicates();
    var key = lines.getFirst().replace("key:    ", "");
    assertThat(lines.get(1)).isEqualTo("digest: " + KeyDigest.of(key).hex());
  }

  @Test
  void wrongUsage_anything_isTwoLinesAndCodeTwo() {
    int code = execute(streams("", Optional.empty()), "generate", "--threshold", "much", "hi");
    assertThat(code).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("--threshold").contains("unmask generate --help");
  }

  @Test
  void wrongUsage_optionOfAnotherChoice_isToldBeforeAnyRequest() throws IOException {
    try (var gateway = FakeGateway.telling(Events.answer())) {
      for (var command : List.of("generate", "chat")) {
        assertThat(run(gateway, "hi\n", command, "--cache", "dual", "--kp", "5")).isEqualTo(2);
      }
      assertThat(err.toString(UTF_8))
          .contains("unmask: --kp belongs to --cache dllm", "unmask chat --help")
          .hasLineCount(4);
      assertThat(gateway.requests()).isEmpty();
    }
  }

  private int run(FakeGateway gateway, String input, String... arguments) {
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(1, List.of("--gateway", gateway.address()));
    return execute(streams(input, Optional.empty()), all.toArray(String[]::new));
  }

  private int execute(Streams streams, String... arguments) {
    return Unmask.commandLine(streams, new Home(Path.of(""))).execute(arguments);
  }

  private Streams streams(String input, Optional<Paper> paper) {
    return new Streams(
        new ByteArrayInputStream(input.getBytes(UTF_8)),
        new PrintStream(out, true, UTF_8),
        new PrintStream(err, true, UTF_8),
        paper);
  }
}
