package dev.unmask.worker.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.unmask.worker.reference.PlainReplayModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** All traces of the original implementations. */
class GoldenTracesTest {
  private static final Path FOLDER = Path.of("src/test/golden");

  @Test
  void index_casesOfTheFolder_areAllListed() throws IOException {
    try (var files = Files.walk(FOLDER.resolve("cases"))) {
      assertThat(files.filter(Files::isRegularFile).count()).isEqualTo(listed()).isPositive();
    }
  }

  @Test
  void run_referenceModel_everyCaseIsTokenExact() throws IOException {
    check(Replay.run(FOLDER, PlainReplayModel::open));
  }

  @Test
  void run_engine_everyCaseIsTokenExact() throws IOException {
    var text = new ByteArrayOutputStream();
    check(GoldenReplay.run(FOLDER, new PrintStream(text, true, StandardCharsets.UTF_8)));
    assertThat(text.toString(StandardCharsets.UTF_8))
        .isEqualToNormalizingNewlines(listed() + " passed, 0 failed\n");
  }

  private static void check(ReplayReport report) throws IOException {
    assertThat(report.failures()).isEmpty();
    assertThat(report.skipped()).isEmpty();
    assertThat(report.passed()).isEqualTo(listed());
  }

  private static int listed() throws IOException {
    return new ObjectMapper().readTree(FOLDER.resolve("index.json").toFile()).size();
  }
}
