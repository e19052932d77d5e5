package dev.unmask.client.evaluation.report.table;

import dev.unmask.client.evaluation.report.Report;
import dev.unmask.client.evaluation.report.Report.Group;
import dev.unmask.client.evaluation.report.Report.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** The tables of a report. */
public final class Tables {
  private Tables() {}

  /** All of them, those that say most first. */
  public static List<Table> of(Report report) {
    return Stream.of(
            PaperTable.of(report),
            methods(report),
            scores(report),
            speeds(report),
            costs(report),
            refusals(report),
            failures(report),
            malformed(report))
        .flatMap(Optional::stream)
        .toList();
  }

  /** What is printed where a report is written. */
  public static List<Table> summary(Report report) {
    return Stream.of(PaperTable.of(report), methods(report), refusals(report), failures(report))
        .flatMap(Optional::stream)
        .toList();
  }

  /** A group's length, or that it has several. */
  static String length(Group group) {
    return group.generationLength() == 0 ? "several" : String.valueOf(group.generationLength());
  }

  private static Optional<Table> methods(Report report) {
    return table(
        report,
        "Methods",
        "Accuracy in percent with its interval of 95 %; tokens/s before_first_eos.",
        List.of(
            "right",
            "accuracy",
            "tokens/s",
            "speedup",
            "tokens/step",
            "steps",
            "rows",
            "p50",
            "p95",
            "first block",
            "failed"),
        (group, method) -> {
          var metrics = method.metrics();
          return List.of(
              metrics.accuracy().correct() + "/" + metrics.accuracy().questions(),
              Figures.accuracy(metrics.accuracy()),
              Figures.number(metrics.speed().beforeFirstEos()),
              group.speedup(method).map(Figures::times).orElse(Figures.NONE),
              Figures.number(metrics.tokensPerStep()),
              Figures.number(metrics.stepsPerAnswer()),
              Figures.percent(metrics.rowsShare()) + " %",
              Figures.milliseconds(metrics.latencyP50()),
              Figures.milliseconds(metrics.latencyP95()),
              Figures.milliseconds(metrics.firstBlockP50()),
              Figures.count(metrics.failed()));
        });
  }

  private static Optional<Table> speeds(Report report) {
    return table(
        report,
        "Speed by definition",
        "Tokens in a second of requests' own time, then of wall time.",
        List.of(
            "before_first_eos",
            "non_eos",
            "all",
            "wall before_first_eos",
            "wall non_eos",
            "wall all",
            "wall time"),
        (_, method) -> {
          var speed = method.metrics().speed();
          var wall = method.metrics().wallSpeed();
          return List.of(
              Figures.number(speed.beforeFirstEos()),
              Figures.number(speed.nonEos()),
              Figures.number(speed.all()),
              Figures.number(wall.beforeFirstEos()),
              Figures.number(wall.nonEos()),
              Figures.number(wall.all()),
              Figures.seconds(method.metrics().wallTime()));
        });
  }

  private static Optional<Table> costs(Report report) {
    return table(
        report,
        "Cost",
        "",
        List.of("steps together", "pages hit", "pages missed", "peak memory"),
        (_, method) -> {
          var metrics = method.metrics();
          return List.of(
              Figures.count(metrics.steps()),
              Figures.count(metrics.pagesHit()),
              Figures.count(metrics.pagesMissed()),
              Figures.memory(metrics.peakMemory()));
        });
  }

  /** Graders with several scores name them; the one that counts is in the table of methods. */
  private static Optional<Table> scores(Report report) {
    var rows = new ArrayList<List<String>>();
    for (var group : groups(report)) {
      for (var method : group.methods()) {
        method
            .metrics()
            .scores()
            .forEach((name, accuracy) ->
                rows.add(with(names(group, method), name, Figures.accuracy(accuracy))));
      }
    }
    return some("Named scores", "", List.of("score", "accuracy"), rows);
  }

  private static Optional<Table> refusals(Report report) {
    var rows =
        report.groups().stream()
            .flatMap(group ->
                group.methods().stream()
                    .filter(method -> !method.refusal().isEmpty())
                    .map(method -> with(names(group, method), method.refusal())))
            .toList();
    return some("Methods the server refuses", "", List.of("reason"), rows);
  }

  private static Optional<Table> failures(Report report) {
    var rows = new ArrayList<List<String>>();
    for (var group : report.groups()) {
      for (var method : group.methods()) {
        method
            .failures()
            .forEach((reason, count) ->
                rows.add(with(names(group, method), String.valueOf(count), reason)));
      }
    }
    return some("Questions that failed", "", List.of("questions", "reason"), rows);
  }

  private static Optional<Table> malformed(Report report) {
    var rows =
        report.groups().stream()
            .flatMap(group -> group.malformed().stream().map(line -> List.of(group.task(), line)))
            .distinct()
            .toList();
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(new Table("Malformed lines", "", List.of("task", "line"), rows));
  }

  private static Optional<Table> table(
      Report report,
      String title,
      String note,
      List<String> columns,
      BiFunction<Group, Method, List<String>> cells) {
    var rows = new ArrayList<List<String>>();
    for (var group : groups(report)) {
      for (var method : group.methods()) {
        if (method.metrics().accuracy().questions() > 0) {
          rows.add(with(names(group, method), cells.apply(group, method).toArray(String[]::new)));
        }
      }
    }
    return some(title, note, columns, rows);
  }

  private static Optional<Table> some(
      String title, String note, List<String> columns, List<List<String>> rows) {
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(new Table(title, note, header(columns), rows));
  }

  private static List<Group> groups(Report report) {
    return Stream.concat(report.groups().stream(), report.overall().stream()).toList();
  }

  private static List<String> header(List<String> columns) {
    return with(List.of("method", "task", "model", "length"), columns.toArray(String[]::new));
  }

  private static List<String> names(Group group, Method method) {
    return List.of(method.name(), group.task(), group.model(), length(group));
  }

  private static List<String> with(List<String> first, String... others) {
    return Stream.concat(first.stream(), Stream.of(others)).toList();
  }
}
