package dev.unmask.bench.observability;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Which panels of the dashboards move: every query of every panel, asked as Grafana asks it, of a
 * Prometheus that has watched a fleet. Prints a row a panel, what is empty or still, and the alerts
 * that wait or fire.
 *
 * <p>Arguments: address of the Prometheus, folder of the dashboards, minutes to look back.
 */
public final class LivePanels {
  private LivePanels() {}

  /** Asks and prints. */
  public static void main(String[] arguments) throws Exception {
    var panels = new Dashboards().panels(Path.of(arguments[1]));
    var window = Duration.ofMinutes(Long.parseLong(arguments[2]));
    try (var prometheus = new Prometheus(URI.create(arguments[0]))) {
      var views = new ArrayList<View>();
      var now = Instant.now();
      for (var panel : panels) {
        views.add(view(prometheus, panel, now.minus(window), now));
      }
      print(views);
      prometheus.alerts().forEach(alert -> System.out.println(alert.line()));
    }
  }

  private static View view(Prometheus prometheus, Panel panel, Instant from, Instant to)
      throws IOException, InterruptedException {
    var curves = new ArrayList<Curve>();
    for (var query : panel.queries()) {
      curves.addAll(prometheus.curves(query, from, to, Variables.SCRAPE_INTERVAL));
    }
    return new View(panel, curves);
  }

  private static void print(List<View> views) {
    System.out.println("| dashboard | panel | series | least | greatest | moved |");
    System.out.println("|---|---|---|---|---|---|");
    views.forEach(view -> System.out.println(view.row()));
    System.out.printf(
        "%n%d panels, %d with data, %d that moved%n",
        views.size(),
        views.stream().filter(view -> !view.isEmpty()).count(),
        views.stream().filter(View::moves).count());
    System.out.println("no data: " + titles(views, View::isEmpty));
    System.out.println("still: " + titles(views, view -> !view.isEmpty() && !view.moves()));
  }

  private static String titles(List<View> views, Predicate<View> which) {
    return views.stream()
        .filter(which)
        .map(view -> view.panel().dashboard() + " / " + view.panel().title())
        .collect(Collectors.joining(", "));
  }
}
