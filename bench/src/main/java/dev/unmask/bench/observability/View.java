package dev.unmask.bench.observability;

import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * What a panel shows.
 *
 * @param panel whose
 * @param curves of all its queries, those that are drawn
 */
record View(Panel panel, List<Curve> curves) {
  View {
    curves = curves.stream().filter(Curve::isDrawn).toList();
  }

  boolean isEmpty() {
    return curves.isEmpty();
  }

  boolean moves() {
    return curves.stream().anyMatch(Curve::moves);
  }

  /** A row of a table: dashboard, panel, series, least and greatest value, whether it moved. */
  String row() {
    return "| %s | %s | %d | %s | %s | %s |"
        .formatted(
            panel.dashboard(),
            panel.title(),
            curves.size(),
            isEmpty() ? "" : number(points().min().orElseThrow()),
            isEmpty() ? "" : number(points().max().orElseThrow()),
            isEmpty() ? "no data" : moves() ? "yes" : "no");
  }

  private DoubleStream points() {
    return curves.stream()
        .flatMap(curve -> curve.points().stream())
        .mapToDouble(Double::doubleValue);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4g", value);
  }
}
