package dev.unmask.client.evaluation.report.table;

import dev.unmask.client.evaluation.report.Report;
import dev.unmask.client.evaluation.report.Report.Group;
import dev.unmask.client.evaluation.report.Report.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Fast-dLLM's table: a row a task and length, accuracy and speed of four methods beside each other.
 */
final class PaperTable {
  /** Its columns, which are names of the standard list of methods. */
  static final List<String> COLUMNS = List.of("vanilla", "+cache", "+parallel", "+both");

  private PaperTable() {}

  /** The table; empty when fewer than two of its columns were asked. */
  static Optional<Table> of(Report report) {
    var rows =
        Stream.concat(report.groups().stream(), report.overall().stream())
            .filter(group -> columns(group) > 1)
            .map(PaperTable::row)
            .toList();
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    var header = new ArrayList<>(List.of("task", "model", "length"));
    header.addAll(COLUMNS);
    return Optional.of(
        new Table(
            "Vanilla, cache, parallel, both",
            "Accuracy in percent / tokens in a second (speedup over vanilla), as in Fast-dLLM's"
                + " paper.",
            header,
            rows));
  }

  private static long columns(Group group) {
    return group.methods().stream().filter(m -> COLUMNS.contains(m.name())).count();
  }

  private static List<String> row(Group group) {
    var row = new ArrayList<>(List.of(group.task(), group.model(), Tables.length(group)));
    for (var name : COLUMNS) {
      var method = group.methods().stream().filter(m -> m.name().equals(name)).findFirst();
      row.add(method.map(found -> cell(group, found)).orElse(Figures.NONE));
    }
    return row;
  }

  private static String cell(Group group, Method method) {
    if (!method.refusal().isEmpty()) {
      return "refused";
    }
    if (!method.isAnswered()) {
      return Figures.NONE;
    }
    var metrics = method.metrics();
    return Figures.percent(metrics.accuracy().rate())
        + " / "
        + Figures.number(metrics.speed().beforeFirstEos())
        + group.speedup(method).map(factor -> " (" + Figures.times(factor) + ")").orElse("");
  }
}
