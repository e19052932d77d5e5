package dev.unmask.client.load.report;

import static java.util.stream.Collectors.joining;

import dev.unmask.client.evaluation.report.table.ConsoleTable;
import dev.unmask.client.evaluation.report.table.Figures;
import dev.unmask.client.load.measure.Level;
import dev.unmask.client.load.search.Saturation;
import dev.unmask.contract.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A load test's report for a terminal. */
public final class LoadSummary {
  private static final double NANOS = 1e6;

  private LoadSummary() {}

  /**
   * Facts, tables, latency against load where there are several loads, and what a reader must know.
   *
   * @param columns of the terminal
   */
  public static List<String> lines(LoadReport report, int columns) {
    var lines = new ArrayList<>(facts(report.facts()));
    for (var table : LoadTables.of(report)) {
      lines.add("");
      lines.addAll(ConsoleTable.lines(table));
    }
    if (report.rising().size() > 1) {
      for (var curve : Curve.of(report)) {
        lines.add("");
        lines.addAll(TextChart.lines(curve, columns));
      }
    }
    var notes = notes(report);
    if (!notes.isEmpty()) {
      lines.add("");
      lines.addAll(notes);
    }
    return lines;
  }

  /** Latency against load, as an SVG picture. */
  public static String picture(LoadReport report) {
    return CurvePicture.of(report);
  }

  /** A level in one line, while the next is measured. */
  public static String line(Level level) {
    var latencies = level.latencies();
    return "%s: %s/s answered, %s tokens/s, p95 first block %s, total %s%s"
        .formatted(
            level.load().words(),
            Figures.number(level.speed().completed()),
            Figures.number(level.speed().tokens()),
            Figures.milliseconds(latencies.firstBlock().p95()),
            Figures.milliseconds(latencies.total().p95()),
            level.counts().lost() == 0
                ? ""
                : ", " + Figures.count(level.counts().lost()) + " not answered");
  }

  private static List<String> facts(LoadReport.Facts facts) {
    var workload = facts.workload();
    return List.of(
        "Model %s (%s, %s) at %s; stored states: %s"
            .formatted(
                facts.model().name(),
                facts.model().family(),
                facts.model().computeType(),
                facts.server(),
                facts.sharing()),
        "Asked: %s%s; seed %d"
            .formatted(
                workload.prompts(),
                workload.lengths().isEmpty() ? "" : "; lengths " + workload.lengths(),
                workload.seed()),
        "Generator: " + facts.machine().words());
  }

  private static List<String> notes(LoadReport report) {
    var notes = new ArrayList<String>();
    if (!report.facts().finished()) {
      boolean cut = report.levels().stream().anyMatch(level -> !level.whole());
      notes.add("Not finished" + (cut ? ": the last load was cut off in the middle." : "."));
    }
    for (var level : report.levels()) {
      notes.addAll(notes(level));
    }
    late(report).ifPresent(notes::add);
    report.search().ifPresent(searched -> notes.addAll(found(searched.found())));
    return notes;
  }

  private static List<String> notes(Level level) {
    var notes = new ArrayList<String>();
    var load = level.load().words();
    for (var failure : level.failures()) {
      notes.add(
          "At %s %s × %s: %s"
              .formatted(
                  load,
                  Figures.count(failure.count()),
                  failure.code().toLowerCase(Locale.ROOT).replace('_', ' '),
                  failure.example()));
    }
    if (level.counts().unfinished() > 0 && level.whole()) {
      notes.add(
          "At %s %d requests had not ended %d s after the last; latencies count the time they waited."
              .formatted(load, level.counts().unfinished(), Limits.LOAD_DRAIN_TIME.toSeconds()));
    }
    return notes;
  }

  /** A generator that is late itself measures itself. */
  private static Optional<String> late(LoadReport report) {
    var late =
        report.levels().stream()
            .filter(level -> level.lag().p99() > Limits.LOAD_LAG.toNanos() / NANOS)
            .toList();
    if (late.isEmpty()) {
      return Optional.empty();
    }
    double most = late.stream().mapToDouble(level -> level.lag().p99()).max().orElse(0);
    return Optional.of(
        "The generator itself was late, p99 up to %s, and latencies include it: at %s."
            .formatted(
                Figures.milliseconds(most),
                late.stream().map(level -> level.load().words()).collect(joining(", "))));
  }

  private static List<String> found(Saturation.Found found) {
    var lines = new ArrayList<String>();
    lines.add(
        found.kept() == 0
            ? "No rate that was tried held."
            : "Highest rate that held: "
                + Figures.plain(found.kept())
                + " requests/s"
                + (found.finished() ? "." : ", and the search was not finished."));
    found.trials().stream()
        .filter(trial -> trial.rate() == found.broken())
        .forEach(trial ->
            lines.add(
                Figures.plain(trial.rate())
                    + " requests/s did not: "
                    + String.join("; ", trial.broken())
                    + "."));
    return lines;
  }
}
