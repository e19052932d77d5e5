package dev.unmask.deploy.observability;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.unmask.client.UnmaskClient;
import dev.unmask.client.local.Cluster;
import dev.unmask.client.local.MetricsPorts;
import dev.unmask.client.local.Plan;
import dev.unmask.client.local.Secret;
import dev.unmask.client.local.Service;
import dev.unmask.client.local.SharedProcess;
import dev.unmask.generation.v1.GenerateRequest;
import dev.unmask.metrics.Scrape;
import dev.unmask.type.v1.Prompt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every expression names what a real fleet serves; every alert leads to what to do. */
@Timeout(120)
class ObservabilityTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path FOLDER = ROOT.resolve("deploy/observability");
  private static final int GRID = 24;
  private static final Pattern INTERVAL = Pattern.compile("scrape_interval: (\\d+)s");

  /** Between two scrapes, unless the data source says something else. */
  private static final int GRAFANAS_SECONDS = 15;

  @TempDir private static Path pages;
  private static Series series;

  @BeforeAll
  static void scrape() {
    var plan =
        new Plan(
            List.of(ROOT.resolve("models/unmask-mini-llada")),
            new Plan.Services(1, 1),
            List.of("cpu"),
            new Plan.Ports(0, 0, Optional.of(new MetricsPorts(0))),
            pages,
            Secret.random(new SecureRandom()));
    try (var cluster = Cluster.start(plan, new SharedProcess());
        var client = UnmaskClient.connect(cluster.gatewayAddress())) {
      cluster.awaitModels();
      var prompt = Prompt.newBuilder().setText("3+4=");
      var request = GenerateRequest.newBuilder().setModel("unmask-mini-llada").setPrompt(prompt);
      client.ask(request.build(), _ -> {});
      series =
          Series.of(
              Stream.concat(
                      cluster.services().stream().map(Service::metricsAddress),
                      Stream.of(cluster.httpAddress()))
                  .flatMap(Optional::stream)
                  .map(address -> Scrape.of(URI.create("http://" + address)).text())
                  .toList());
    }
  }

  @Test
  void dashboards_everyExpression_namesWhatIsServed() {
    for (var dashboard : dashboards()) {
      var expressions = new ArrayList<String>();
      dashboard
          .findValues("targets")
          .forEach(targets -> targets.forEach(target -> expressions.add(text(target, "expr"))));
      assertThat(expressions).as(text(dashboard, "title")).hasSizeGreaterThan(10);
      expressions.forEach(ObservabilityTest::check);
      var variable = text(dashboard.at("/templating/list/1/query"), "query");
      assertThat(variable).matches("label_values\\(\\w+, instance\\)");
      check(variable.replaceAll("label_values\\((\\w+),.*", "$1"));
    }
  }

  @Test
  void dashboards_layout_isOneThatGrafanaTakes() {
    var names = new HashSet<String>();
    for (var dashboard : dashboards()) {
      assertThat(names.add(text(dashboard, "uid"))).isTrue();
      assertThat(dashboard.get("schemaVersion").isInt()).isTrue();
      var variable = dashboard.at("/templating/list/0");
      assertThat(text(variable, "name") + " " + text(variable, "type"))
          .isEqualTo("datasource datasource");
      var ids = new HashSet<Integer>();
      var cells = new HashSet<List<Integer>>();
      for (var panel : dashboard.get("panels")) {
        assertThat(ids.add(panel.get("id").intValue())).as("panel ids are unique").isTrue();
        assertThat(text(panel, "title")).isNotBlank();
        assertThat(text(panel, "type")).isNotBlank();
        assertThat(text(panel.get("datasource"), "uid")).isEqualTo("${datasource}");
        occupy(panel, cells);
        var letters = new HashSet<String>();
        panel
            .get("targets")
            .forEach(target -> assertThat(letters.add(text(target, "refId"))).isTrue());
      }
    }
  }

  /** Grafana's rates are over four scrapes of its own guess, and need two samples. */
  @Test
  void scrapes_eachConfiguration_areAsOftenAsGrafanaTakesThemToBe() throws IOException {
    for (var file : List.of("observability/prometheus/scrape.yaml", "compose.yaml")) {
      var interval = INTERVAL.matcher(Files.readString(ROOT.resolve("deploy").resolve(file)));
      assertThat(interval.find()).as(file).isTrue();
      assertThat(Integer.parseInt(interval.group(1))).as(file).isBetween(1, GRAFANAS_SECONDS);
    }
  }

  @Test
  void alerts_each_isServedAndLeadsToItsSection() throws IOException {
    var runbook = Files.readString(ROOT.resolve("docs/runbook.md"));
    var sections = new HashSet<String>();
    runbook.lines().filter(line -> line.startsWith("## ")).forEach(sections::add);
    var named = new HashSet<String>();
    for (var alert : alerts()) {
      var name = text(alert, "alert");
      check(text(alert, "expr"));
      assertThat(text(alert, "for")).matches("\\d+[smh]");
      assertThat(text(alert.get("labels"), "severity")).isIn("critical", "warning");
      assertThat(text(alert.get("annotations"), "summary")).endsWith(".");
      assertThat(text(alert.get("annotations"), "runbook_url"))
          .isEqualTo("docs/runbook.md#" + name.toLowerCase(Locale.ROOT));
      assertThat(named.add("## " + name)).as(name).isTrue();
    }
    assertThat(named).hasSizeGreaterThan(10).isSubsetOf(sections);
  }

  @Test
  void check_nameOrLabelThatIsNotServed_isFound() {
    assertThat(missing("rate(unmask_steps_total[5m])")).isEmpty();
    assertThat(missing("rate(unmask_stepps_total[5m])")).containsExactly("unmask_stepps_total");
    assertThat(missing("sum by (modell) (unmask_slots)")).containsExactly("modell");
    assertThat(missing("unmask_gateway_workers{stat=\"reachable\"}"))
        .containsExactly("unmask_gateway_workers{stat}");
  }

  private static void check(String expression) {
    assertThat(missing(expression)).as(expression).isEmpty();
  }

  private static Set<String> missing(String text) {
    var expression = new Expression(text);
    var missing = new HashSet<String>();
    for (var selected : expression.metrics()) {
      var labels = series.labels().get(selected.metric());
      if (labels == null) {
        missing.add(selected.metric());
      } else {
        selected.labels().stream()
            .filter(label -> !labels.contains(label))
            .forEach(label -> missing.add(selected.metric() + "{" + label + "}"));
      }
    }
    expression.groupings().stream().filter(label -> !series.hasLabel(label)).forEach(missing::add);
    return missing;
  }

  private static void occupy(JsonNode panel, Set<List<Integer>> cells) {
    var at = panel.get("gridPos");
    int right = at.get("x").intValue() + at.get("w").intValue();
    assertThat(right).isBetween(1, GRID);
    for (int x = at.get("x").intValue(); x < right; x++) {
      for (int y = 0; y < at.get("h").intValue(); y++) {
        assertThat(cells.add(List.of(x, at.get("y").intValue() + y)))
            .as("panel %s overlaps", text(panel, "title"))
            .isTrue();
      }
    }
  }

  private static List<JsonNode> dashboards() {
    var folder = FOLDER.resolve("dashboards");
    return Stream.of("fleet", "worker", "cache")
        .map(name -> read(new ObjectMapper(), folder.resolve(name + ".json")))
        .toList();
  }

  private static List<JsonNode> alerts() {
    var alerts = new ArrayList<JsonNode>();
    read(new YAMLMapper(), FOLDER.resolve("prometheus/alerts.yaml"))
        .get("groups")
        .forEach(group -> group.get("rules").forEach(alerts::add));
    return alerts;
  }

  private static JsonNode read(ObjectMapper mapper, Path file) {
    try {
      return mapper.readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asText();
  }
}
