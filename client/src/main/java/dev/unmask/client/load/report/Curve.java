package dev.unmask.client.load.report;

import dev.unmask.client.document.Axis;
import dev.unmask.client.document.LogAxis;
import dev.unmask.client.load.measure.Distribution;
import dev.unmask.client.load.measure.Latencies;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * A latency against load.
 *
 * @param title what it shows
 * @param unit of the load
 * @param lines one for each percentile, at the same loads
 * @param bound that was promised, in milliseconds
 */
record Curve(String title, String unit, List<Line> lines, Optional<Double> bound) {
  Curve {
    lines = List.copyOf(lines);
  }

  /**
   * One percentile.
   *
   * @param points at least one, by rising load
   */
  record Line(String name, List<Point> points) {}

  /**
   * A load and the latency at it.
   *
   * @param load in the curve's unit
   * @param millis latency
   */
  record Point(double load, double millis) {}

  /** Time to first block and total time; none where nothing was answered. */
  static List<Curve> of(LoadReport report) {
    if (!report.isAnswered()) {
      return List.of();
    }
    var curves = new ArrayList<Curve>();
    add(curves, report, "time to first block", "first_block_p95", Latencies::firstBlock);
    add(curves, report, "total time", "total_p95", Latencies::total);
    return curves;
  }

  /** Loads from 0. */
  Axis loads() {
    return Axis.of(0, points().map(Point::load).mapToDouble(Double::doubleValue).max().orElse(1));
  }

  /** All latencies, and the bound. */
  LogAxis millis() {
    var all =
        DoubleStream.concat(points().mapToDouble(Point::millis), bound.stream().mapToDouble(b -> b))
            .summaryStatistics();
    return LogAxis.of(all.getMin(), all.getMax());
  }

  private Stream<Point> points() {
    return lines.stream().flatMap(line -> line.points().stream());
  }

  private static void add(
      List<Curve> curves,
      LoadReport report,
      String title,
      String bound,
      Function<Latencies, Distribution> latency) {
    var lines =
        List.of(
            line("p50", report, latency, Distribution::p50),
            line("p95", report, latency, Distribution::p95),
            line("p99", report, latency, Distribution::p99));
    curves.add(
        new Curve(
            title,
            report.rising().getFirst().load().unit(),
            lines,
            report.search().map(searched -> searched.promise().get(bound))));
  }

  private static Line line(
      String name,
      LoadReport report,
      Function<Latencies, Distribution> latency,
      ToDoubleFunction<Distribution> percentile) {
    return new Line(
        name,
        report.rising().stream()
            .map(level ->
                new Point(
                    level.load().size(),
                    percentile.applyAsDouble(latency.apply(level.latencies()))))
            .toList());
  }
}
