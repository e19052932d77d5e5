package dev.unmask.deploy.installed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** The chart as a whole: what Helm, the schemas of Kubernetes and those of its values say of it. */
class ChartTest {
  @SuppressWarnings("unused") // by its name, below
  private static final List<String> VALUES = Chart.VALUES;

  @TempDir private static Path folder;
  private static Chart chart;

  @BeforeAll
  static void copy() {
    chart = Chart.copiedTo(folder);
  }

  @Test
  void lint_strict_findsNothing() {
    var result = chart.lint();
    assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
    assertThat(result.getMessages()).noneMatch(message -> message.startsWith("[WARNING]"));
  }

  @Test
  void version_ofImages_isTheProjects() throws IOException {
    assertThat(Files.readString(Path.of("..", "pom.xml")))
        .contains(
            "<artifactId>unmask</artifactId>\n  <version>%s</version>"
                .formatted(Chart.about().get("appVersion")));
  }

  @ParameterizedTest
  @FieldSource("VALUES")
  void rendered_everySetOfValues_fitsTheSchemas(String values) {
    assertThat(chart.rendered(values)).hasSizeGreaterThan(6).allSatisfy(Manifest::check);
  }

  @Test
  void rendered_options_areOffUnlessAskedFor() {
    assertThat(kinds(""))
        .containsOnly(
            "Deployment",
            "StatefulSet",
            "Service",
            "HorizontalPodAutoscaler",
            "PodDisruptionBudget",
            "NetworkPolicy");
    assertThat(kinds("everything"))
        .contains("ServiceMonitor", "ScaledObject", "Certificate")
        .hasSize(9);
    assertThat(kinds("alone")).doesNotContain("StatefulSet", "NetworkPolicy");
  }

  @ParameterizedTest
  @CsvSource({
    "worker.replicas, -1, worker.replicas: Must be greater than or equal to 0",
    "worker.gpu.enabeld, true, worker.gpu: Additional property enabeld is not allowed",
    "cache.storage.size, plenty, cache.storage.size: Does not match pattern",
    "image.registry, registry.example, image.registry: Does not match pattern",
    "tls.clientAuth, perhaps, tls.clientAuth must be one of",
    "worker.settings.slots, 4, worker.settings: Property name of \"slots\" does not match",
  })
  void rendered_valueThatIsNotAllowed_isRefusedAndSaysWhy(String value, String to, String why) {
    Object typed = to.matches("-?\\d+") ? Integer.valueOf(to) : to;
    assertThatThrownBy(() -> chart.rendered(value, typed)).hasMessageContaining(why);
  }

  @Test
  void rendered_settingThatTheChartGivesItself_isRefused() {
    assertThatThrownBy(() -> chart.rendered("worker.settings.unmask\\.worker\\.name", "mine"))
        .hasMessageContaining("unmask.worker.name");
  }

  @Test
  void check_fieldMisspelt_doesNotFit() {
    var misspelt =
        """
        apiVersion: v1
        kind: Service
        metadata: {name: a}
        spec: {clusterIp: None}
        ---
        apiVersion: keda.sh/v1alpha1
        kind: ScaledObject
        metadata: {name: a}
        spec: {scaleTargetRef: {name: a}, trigers: []}
        """;
    assertThat(Manifest.read(misspelt))
        .hasSize(2)
        .allSatisfy(manifest ->
            assertThatThrownBy(manifest::check)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("(?s).*(clusterIp|trigers).*"));
  }

  private static Stream<String> kinds(String values) {
    return chart.rendered(values).stream().map(Manifest::kind).distinct();
  }
}
