package dev.unmask.client.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.unmask.client.local.Home;
import dev.unmask.client.terminal.Streams;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Against all three services in this process, on a shipped checkpoint. */
class LoadServedTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  /** Four tokens a step and every position decoded: what an answer takes is known before. */
  @Test
  void load_ownServices_saysWhatAnswersTook() throws IOException {
    int code =
        run(
            "--concurrency",
            "2",
            "--requests",
            "4",
            "--warm-up",
            "0s",
            "--prompt-tokens",
            "24",
            "--length",
            "32",
            "--tokens-per-step",
            "4",
            "--cache",
            "dual",
            "--decode-all",
            "--json");
    assertThat(err.toString(UTF_8)).startsWith("unmask: 2 streams: ");
    assertThat(code).isZero();
    var report = new ObjectMapper().readTree(out.toString(UTF_8));
    assertThat(report.at("/facts/model/name").asText()).isEqualTo("unmask-mini-llada");
    var level = report.at("/levels/0");
    assertThat(level.at("/counts/completed").asInt()).isEqualTo(4);
    assertThat(level.at("/work/answers").asInt()).isEqualTo(4);
    assertThat(level.at("/work/committed").asInt()).isEqualTo(4 * 32);
    assertThat(level.at("/work/steps").asInt()).isEqualTo(4 * 8);
    assertThat(level.at("/work/tokens_per_step").asDouble()).isEqualTo(4);
    // The first step computes all of 56 rows, seven more compute the block's 32.
    assertThat(level.at("/work/rows_computed").asInt()).isEqualTo(4 * (56 + 7 * 32));
    assertThat(level.at("/work/rows_uncached").asInt()).isEqualTo(4 * 8 * 56);
    assertThat(level.at("/latencies/first_delta/p50").asDouble())
        .isPositive()
        .isLessThan(level.at("/latencies/first_block/p50").asDouble());
    assertThat(level.at("/latencies/total/p50").asDouble())
        .isGreaterThanOrEqualTo(level.at("/latencies/first_block/p50").asDouble());
  }

  private int run(String... arguments) {
    var streams =
        new Streams(
            new ByteArrayInputStream(new byte[0]),
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            Optional.empty());
    var root = Path.of("").toAbsolutePath().getParent();
    var all = new String[arguments.length + 1];
    all[0] = "load";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return Unmask.commandLine(streams, new Home(root)).execute(all);
  }
}
