package dev.unmask.bench.observability;

import java.util.List;

/**
 * A panel of a dashboard.
 *
 * @param dashboard its title
 * @param title of the panel
 * @param queries in PromQL, with no variable of Grafana left in them
 */
record Panel(String dashboard, String title, List<String> queries) {
  Panel {
    queries = List.copyOf(queries);
  }
}
