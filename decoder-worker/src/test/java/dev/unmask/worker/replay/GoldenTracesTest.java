package dev.unmask.worker.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.worker.reference.PlainReplayModel;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class GoldenTracesTest {
  private static final Path FOLDER = Path.of("src/test/golden");

  @Test
  void run_allTracesOnTheReferenceModel_everyBuiltMethodIsTokenExact() throws IOException {
    var report = Replay.run(FOLDER, PlainReplayModel::open);
    report.print(System.out);

    assertThat(report.failed()).isEmpty();
    assertThat(report.passed()).hasSize(228);
  }
}
