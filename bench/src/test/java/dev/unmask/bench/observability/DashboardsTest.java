package dev.unmask.bench.observability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DashboardsTest {
  private static final Path SHIPPED = Path.of("../deploy/observability/dashboards");

  @TempDir private Path folder;

  @Test
  void panels_ofTheShippedDashboards_haveQueriesWithoutVariables() throws IOException {
    var panels = new Dashboards().panels(SHIPPED);
    assertThat(panels)
        .extracting(Panel::dashboard)
        .contains("Unmask: fleet", "Unmask: workers", "Unmask: cache-services");
    assertThat(panels)
        .hasSizeGreaterThan(40)
        .allSatisfy(panel ->
            assertThat(panel.queries()).as(panel.title()).isNotEmpty().noneMatch(this::isOpen));
  }

  @Test
  void panels_ofAFile_areWhatGrafanaAsks() throws IOException {
    Files.writeString(
        folder.resolve("a.json"),
        """
        {"title": "A",
         "templating": {"list": [{"name": "datasource"}, {"name": "instance", "allValue": ".*"}]},
         "panels": [{"title": "B", "targets": [
           {"expr": "sum(rate(x{instance=~\\"$instance\\"}[$__rate_interval]))"}, {"expr": "y"}]}]}
        """);
    Files.writeString(folder.resolve("notes.txt"), "no dashboard");
    assertThat(new Dashboards().panels(folder))
        .containsExactly(new Panel("A", "B", List.of("sum(rate(x{instance=~\".*\"}[60s]))", "y")));
  }

  private boolean isOpen(String query) {
    return query.contains("$");
  }
}
