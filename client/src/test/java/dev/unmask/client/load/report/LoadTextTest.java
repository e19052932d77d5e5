package dev.unmask.client.load.report;

import static dev.unmask.client.load.measure.Outcomes.level;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.unmask.client.load.measure.Load;
import dev.unmask.client.load.measure.Meter;
import dev.unmask.client.load.measure.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadTextTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void line_report_isOneObjectOfNamedFigures() throws IOException {
    var line = LoadText.line(LoadReports.searched(level(2, 400)));
    assertThat(line).doesNotContain("\n", "NaN", "Infinity");
    var report = JSON.readTree(line);
    assertThat(report.at("/facts/machine/processors").asInt()).isEqualTo(2);
    assertThat(report.at("/facts/workload/seed").asInt()).isEqualTo(42);
    assertThat(report.at("/levels/0/load/rate").asDouble()).isEqualTo(2);
    assertThat(report.at("/levels/0/counts/not_sent").asInt()).isZero();
    assertThat(report.at("/levels/0/speed/tokens").asDouble()).isEqualTo(6);
    assertThat(report.at("/levels/0/work/rows_share").asDouble()).isBetween(0.88, 0.89);
    assertThat(report.at("/levels/0/latencies/first_block/p95").asDouble()).isBetween(199., 201.);
    assertThat(report.at("/search/promise/total_p95").asDouble()).isEqualTo(400);
    assertThat(report.at("/search/found/kept").asDouble()).isEqualTo(4);
    assertThat(report.at("/search/found/trials/1/broken/0").asText()).startsWith("p95 of total");
    assertThat(report.has("rising")).isFalse();
  }

  @Test
  void page_noSearch_hasNoneAndEndsALine() throws IOException {
    var streams = new Meter(new Window(0, 1)).level(new Load.Concurrency(3), 1, 1, true);
    var page = LoadText.page(LoadReports.of(streams));
    assertThat(page).endsWith("}\n");
    assertThat(JSON.readTree(page).has("search")).isFalse();
    assertThat(JSON.readTree(page).at("/levels/0/load").toString())
        .isEqualTo("{\"concurrency\":3}");
  }

  @Test
  void machine_linux_namesItsProcessor(@TempDir Path folder) throws IOException {
    var file = Files.writeString(folder.resolve("cpuinfo"), "cpu\t: 1\nmodel name\t: Some CPU\n");
    var properties = new Properties();
    properties.setProperty("os.name", "Linux");
    properties.setProperty("os.version", "6");
    properties.setProperty("os.arch", "amd64");
    properties.setProperty("java.vm.version", "25");
    var machine = Machine.of(properties, 2, file);
    assertThat(machine).isEqualTo(new Machine("Linux 6", "amd64", "Some CPU", 2, "25"));
    assertThat(Machine.of(properties, 2, folder.resolve("none")).processor()).isEmpty();
  }
}
