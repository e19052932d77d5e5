package dev.unmask.client.evaluation.report.page;

import static dev.unmask.client.evaluation.report.Samples.answer;
import static dev.unmask.client.evaluation.report.Samples.method;
import static dev.unmask.client.evaluation.report.Samples.report;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFilesTest {
  @TempDir private Path folder;

  @Test
  void write_report_isThreeFilesThatSayTheSame() throws IOException {
    var report = report("gsm8k", method("vanilla", answer("a", true, 0)));
    ReportFiles.write(report, folder);
    ReportFiles.write(report, folder);
    try (var files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("report.json", "report.md", "report.html");
    }
    var json = new ObjectMapper().readTree(folder.resolve("report.json").toFile());
    var metrics = json.at("/groups/0/methods/0/metrics");
    assertThat(metrics.at("/accuracy/correct").asInt()).isEqualTo(1);
    assertThat(metrics.at("/accuracy/interval/low").asDouble()).isBetween(0.2, 0.21);
    assertThat(metrics.at("/speed/before_first_eos").asDouble()).isEqualTo(20);
    assertThat(json.at("/facts/models/0/kind").asText()).isEqualTo("llada-inst");
    assertThat(json.at("/definitions/non_eos").asText()).isNotEmpty();
    assertThat(json.at("/groups/0/methods/0").has("sample")).isFalse();
    assertThat(Files.readString(folder.resolve("report.md")))
        .contains("| vanilla | gsm8k |", "- **speedup**: ", "weights 0123456789ab\n");
  }
}
