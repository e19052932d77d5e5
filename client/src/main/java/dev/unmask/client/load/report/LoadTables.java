package dev.unmask.client.load.report;

import dev.unmask.client.evaluation.report.table.Figures;
import dev.unmask.client.evaluation.report.table.Table;
import dev.unmask.client.load.measure.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** A load test's figures as tables. */
final class LoadTables {
  private LoadTables() {}

  static List<Table> of(LoadReport report) {
    return List.of(throughput(report.levels()), latency(report));
  }

  private static Table throughput(List<Level> levels) {
    var columns = new ArrayList<Column>();
    columns.add(new Column("load", level -> level.load().words()));
    columns.add(new Column("sent/s", level -> Figures.number(level.speed().sent())));
    columns.add(new Column("done/s", level -> Figures.number(level.speed().completed())));
    columns.add(new Column("tokens/s", level -> Figures.number(level.speed().tokens())));
    columns.add(new Column("positions/s", level -> Figures.number(level.speed().positions())));
    columns.add(new Column("steps/s", level -> Figures.number(level.speed().steps())));
    columns.add(new Column("tokens/step", level -> Figures.number(level.work().tokensPerStep())));
    columns.add(new Column("rows, %", level -> Figures.percent(level.work().rowsShare())));
    columns.add(new Column("pages hit", level -> Figures.count(level.work().pagesHit())));
    columns.add(count("arrived", level -> level.counts().arrived()));
    columns.add(count("done", level -> level.counts().completed()));
    columns.add(count("refused", level -> level.counts().refused()));
    columns.add(count("failed", level -> level.counts().failed()));
    addIfAny(columns, levels, "unfinished", level -> level.counts().unfinished());
    addIfAny(columns, levels, "not sent", level -> level.counts().notSent());
    return new Table(
        "Throughput",
        "tokens: of answers, before the first end of sequence; positions: all that were decoded;"
            + " rows: computed, of those without a cache",
        columns.stream().map(Column::name).toList(),
        levels.stream()
            .map(level -> columns.stream().map(column -> column.cell().apply(level)).toList())
            .toList());
  }

  private static Table latency(LoadReport report) {
    var rows = new ArrayList<List<String>>();
    for (var level : report.levels()) {
      level
          .latencies()
          .named()
          .forEach((name, times) ->
              rows.add(
                  List.of(
                      level.load().words(),
                      name,
                      Figures.count(times.count()),
                      Figures.number(times.mean()),
                      Figures.number(times.p50()),
                      Figures.number(times.p95()),
                      Figures.number(times.p99()),
                      Figures.number(times.max()))));
    }
    return new Table(
        "Latency, ms",
        "counted " + report.facts().latency(),
        List.of("load", "of", "requests", "mean", "p50", "p95", "p99", "max"),
        rows);
  }

  private static Column count(String name, ToLongFunction<Level> figure) {
    return new Column(name, level -> Figures.count(figure.applyAsLong(level)));
  }

  private static void addIfAny(
      List<Column> columns, List<Level> levels, String name, ToLongFunction<Level> figure) {
    if (levels.stream().anyMatch(level -> figure.applyAsLong(level) > 0)) {
      columns.add(count(name, figure));
    }
  }

  /** What a column says of a level. */
  private record Column(String name, Function<Level, String> cell) {}
}
