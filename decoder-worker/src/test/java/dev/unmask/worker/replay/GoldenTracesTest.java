package dev.unmask.worker.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.worker.reference.PlainReplayModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** All traces of the original implementations. */
class GoldenTracesTest {
  private static final Path FOLDER = Path.of("src/test/golden");

  @Test
  void run_referenceModel_everyBuiltMethodIsTokenExact() throws IOException {
    check(Replay.run(FOLDER, PlainReplayModel::open));
  }

  @Test
  void run_engine_everyBuiltMethodIsTokenExact() throws IOException {
    var text = new ByteArrayOutputStream();
    check(GoldenReplay.run(FOLDER, new PrintStream(text, true, StandardCharsets.UTF_8)));

    assertThat(text.toString(StandardCharsets.UTF_8))
        .contains("skipped 8 llada/generate/cfg: cfg_scale is not built")
        .endsWith("228 passed, 0 failed\n");
  }

  private static void check(ReplayReport report) {
    assertThat(report.failures()).isEmpty();
    assertThat(report.passed()).isEqualTo(228);
    assertThat(report.results()).hasSize(396);
    assertThat(report.skipped())
        .extracting(ReplayReport.Skipped::reason)
        .allMatch(reason ->
            reason.matches(
                "its method is not built"
                    + "|(cache (d2cache|dllm)|strategy (ar|klass|wino)|gamma|debias|cfg_scale)"
                    + " is not built"));
  }
}
