package dev.unmask.client.evaluation;

import dev.unmask.client.evaluation.Findings.Found;
import dev.unmask.client.evaluation.report.Report;
import dev.unmask.client.evaluation.report.page.ReportFiles;
import dev.unmask.client.evaluation.run.Ticker;
import dev.unmask.type.v1.ElementType;
import dev.unmask.type.v1.ModelIdentity;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Writes reports.
 *
 * @param version of the command line
 * @param reports is told every report that was written
 */
record Reporting(EvaluationPlan plan, String version, Ticker ticker, Consumer<Report> reports) {
  private static final String ALONE = "questions in the file's order, after a warm-up request";
  private static final String IN_TURN =
      "every question is put to each method in turn, another one first each time, after a warm-up"
          + " request each that does not count";
  private static final String IN_TURNS =
      "methods take turns of a few questions, another one first each time, after a warm-up request"
          + " each that does not count";

  /** Writes, also on a thread that was told to stop: files would refuse an interrupted one. */
  void write(List<Candidate> candidates, List<Found> found) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      put(candidates, found);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void put(List<Candidate> candidates, List<Found> found) throws IOException {
    var facts =
        new Report.Facts(
            ticker.now().truncatedTo(ChronoUnit.SECONDS).toString(),
            version,
            found.stream().allMatch(Reporting::isFinished),
            plan.concurrency(),
            plan.sharing(),
            order(found),
            candidates.stream().map(Reporting::facts).toList());
    var report = Findings.report(facts, found);
    ReportFiles.write(report, plan.out());
    reports.accept(report);
  }

  private static boolean isFinished(Found found) {
    int questions = found.heat().items().size();
    return found.standings().stream()
        .allMatch(s -> s.refusal().isPresent() || s.results().size() == questions);
  }

  private String order(List<Found> found) {
    if (found.stream().allMatch(one -> one.standings().size() < 2)) {
      return ALONE;
    }
    return plan.concurrency() == 1 ? IN_TURN : IN_TURNS;
  }

  private static Report.ModelFacts facts(Candidate candidate) {
    var identity = candidate.model().getIdentity();
    return new Report.ModelFacts(
        identity.getName(),
        word(identity.getFamily().name(), "MODEL_FAMILY_"),
        candidate.kind().word(),
        computes(identity),
        RunSettings.hex(identity.getWeightsDigest().toByteArray()));
  }

  /** The type it computes in, and that of its weights if that is another. */
  private static String computes(ModelIdentity identity) {
    var type = word(identity.getComputeType().name(), "ELEMENT_TYPE_");
    var weights = word(identity.getWeightType().name(), "ELEMENT_TYPE_");
    boolean same = identity.getWeightType() == identity.getComputeType();
    boolean told = identity.getWeightType() != ElementType.ELEMENT_TYPE_UNSPECIFIED;
    return same || !told ? type : type + " with weights in " + weights;
  }

  private static String word(String value, String prefix) {
    return value.replace(prefix, "").toLowerCase(Locale.ROOT);
  }
}
