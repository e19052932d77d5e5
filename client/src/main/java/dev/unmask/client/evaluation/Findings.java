package dev.unmask.client.evaluation;

import dev.unmask.client.evaluation.report.Report;
import dev.unmask.client.evaluation.report.Texts;
import dev.unmask.client.evaluation.report.metric.Metrics;
import dev.unmask.client.evaluation.result.Result;
import dev.unmask.client.evaluation.run.Entrant.Standing;
import dev.unmask.client.options.SpecText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Turns the standings of contests into a report. */
final class Findings {
  private Findings() {}

  /**
   * Where the entrants of a contest stand.
   *
   * @param standings in the order of the heat's methods
   */
  record Found(Heat heat, List<Standing> standings) {
    Found {
      standings = List.copyOf(standings);
    }
  }

  static Report report(Report.Facts facts, List<Found> found) throws IOException {
    var groups = new ArrayList<Report.Group>();
    for (var one : found) {
      groups.add(group(one));
    }
    return new Report(facts, groups, overall(found), Texts.definitions());
  }

  private static Report.Group group(Found found) throws IOException {
    var heat = found.heat();
    var methods = new ArrayList<Report.Method>();
    for (int i = 0; i < heat.methods().size(); i++) {
      methods.add(method(heat, i, found.standings().get(i)));
    }
    return new Report.Group(
        heat.task().name(),
        heat.candidate().name(),
        heat.generationLength(),
        heat.items().size(),
        heat.malformed().stream().map(Object::toString).toList(),
        methods);
  }

  private static Report.Method method(Heat heat, int index, Standing standing) throws IOException {
    var chosen = heat.methods().get(index);
    var results = standing.results();
    return new Report.Method(
        chosen.name(),
        chosen.settings(),
        SpecText.of(chosen.spec()),
        standing.refusal().orElse(""),
        failures(results),
        Metrics.of(results),
        sample(standing));
  }

  private static Map<String, Integer> failures(List<Result> results) {
    var reasons = new TreeMap<String, Integer>();
    for (var result : results) {
      if (result instanceof Result.Failed failed) {
        reasons.merge(failed.reason(), 1, Integer::sum);
      }
    }
    return reasons;
  }

  private static Optional<Report.Sample> sample(Standing standing) throws IOException {
    var entrant = standing.entrant();
    var first = standing.results().stream().filter(Result.Answered.class::isInstance).findFirst();
    if (first.isEmpty()) {
      return Optional.empty();
    }
    var id = first.get().id();
    int block = entrant.spec().getBlockLength();
    return entrant.folder().trace(id).map(trace -> new Report.Sample(id, block, trace));
  }

  /** All tasks of a model together, lengths apart; nothing where there is one task. */
  private static List<Report.Group> overall(List<Found> found) {
    var parts = new LinkedHashMap<String, List<Found>>();
    for (var one : found) {
      var key = one.heat().candidate().name() + " " + one.heat().lane();
      parts.computeIfAbsent(key, _ -> new ArrayList<>()).add(one);
    }
    return parts.values().stream().filter(part -> part.size() > 1).map(Findings::sum).toList();
  }

  private static Report.Group sum(List<Found> part) {
    var heats = part.stream().map(Found::heat).toList();
    var lengths = heats.stream().map(Heat::generationLength).distinct().toList();
    var names = heats.getFirst().methods().stream().map(method -> method.name()).toList();
    return new Report.Group(
        Report.ALL_TASKS,
        heats.getFirst().candidate().name(),
        lengths.size() == 1 ? lengths.getFirst() : 0,
        heats.stream().mapToInt(heat -> heat.items().size()).sum(),
        List.of(),
        names.stream().map(name -> sum(name, part)).toList());
  }

  private static Report.Method sum(String name, List<Found> part) {
    var standings =
        part.stream()
            .flatMap(found -> found.standings().stream())
            .filter(standing -> standing.entrant().method().equals(name))
            .toList();
    var refusal = standings.stream().map(Standing::refusal).flatMap(Optional::stream).findFirst();
    var results = standings.stream().flatMap(standing -> standing.results().stream()).toList();
    return new Report.Method(
        name,
        "",
        SpecText.of(standings.getFirst().entrant().spec()),
        refusal.orElse(""),
        failures(results),
        Metrics.of(refusal.isPresent() ? List.of() : results),
        Optional.empty());
  }
}
