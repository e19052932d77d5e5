package dev.unmask.bench.observability;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/** Reads panels out of files that Grafana imports. */
final class Dashboards {
  private final ObjectMapper json = new ObjectMapper();

  /** Panels of every dashboard of a folder, files by name, panels in their order. */
  List<Panel> panels(Path folder) throws IOException {
    var panels = new ArrayList<Panel>();
    try (var files = Files.list(folder)) {
      for (var file : files.filter(name -> name.toString().endsWith(".json")).sorted().toList()) {
        panels.addAll(panels(json.readTree(file.toFile())));
      }
    }
    return panels;
  }

  private static List<Panel> panels(JsonNode dashboard) {
    var variables = variables(dashboard);
    var panels = new ArrayList<Panel>();
    for (var panel : dashboard.required("panels")) {
      var queries = new ArrayList<String>();
      panel.required("targets").forEach(target -> queries.add(variables.in(text(target, "expr"))));
      panels.add(new Panel(text(dashboard, "title"), text(panel, "title"), queries));
    }
    return panels;
  }

  /** With everything chosen, as a dashboard opens; the data source is in no query. */
  private static Variables variables(JsonNode dashboard) {
    var own = new HashMap<String, String>();
    for (var variable : dashboard.at("/templating/list")) {
      if (variable.has("allValue")) {
        own.put(text(variable, "name"), text(variable, "allValue"));
      }
    }
    return Variables.of(own);
  }

  private static String text(JsonNode node, String field) {
    return node.required(field).asText();
  }
}
