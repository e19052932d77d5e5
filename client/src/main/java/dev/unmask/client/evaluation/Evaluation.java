package dev.unmask.client.evaluation;

import dev.unmask.client.UnmaskClient;
import dev.unmask.client.evaluation.Findings.Found;
import dev.unmask.client.evaluation.report.Report;
import dev.unmask.client.evaluation.run.Contest;
import dev.unmask.client.evaluation.run.Entrant.Standing;
import dev.unmask.client.evaluation.run.Progress;
import dev.unmask.client.evaluation.run.Ticker;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * An evaluation: every task with every model, all methods on the same questions. Whatever happens
 * on the way, what was found until then is written.
 */
public final class Evaluation {
  private final UnmaskClient client;
  private final EvaluationPlan plan;
  private final Ticker ticker;
  private final Reporting reporting;

  /**
   * An evaluation through a gateway.
   *
   * @param version of the command line, for the report
   * @param reports is told every report that was written
   */
  public Evaluation(
      UnmaskClient client,
      EvaluationPlan plan,
      Ticker ticker,
      String version,
      Consumer<Report> reports) {
    this.client = client;
    this.plan = plan;
    this.ticker = ticker;
    this.reporting = new Reporting(plan, version, ticker, reports);
  }

  /**
   * Asks all that is not answered yet. A report is written after every contest and at the end,
   * however that comes.
   *
   * @param progress made for a number of questions, over all methods
   * @throws IllegalArgumentException when something does not fit, before anything is asked
   * @throws InterruptedException when the thread is interrupted
   */
  public void run(List<Candidate> candidates, IntFunction<Progress> progress)
      throws IOException, InterruptedException {
    var heats = new Heats(plan).of(candidates);
    int questions =
        heats.stream().mapToInt(heat -> heat.items().size() * heat.methods().size()).sum();
    var rules =
        new Contest.Rules(plan.concurrency(), plan.beginning(), progress.apply(questions), ticker);
    var held = new HashMap<Heat, Contest>();
    try {
      for (var heat : heats) {
        rules.progress().begins(heat.name());
        var contest = new Contest(client, heat.candidate().model(), rules);
        held.put(heat, contest);
        contest.hold(heat.entrants(), heat.items(), heat.warmUp());
        reporting.write(candidates, found(heats, held));
      }
    } finally {
      rules.progress().ends();
      reporting.write(candidates, found(heats, held));
    }
  }

  /** Where everybody stands; those whose contest was not held, where they stood before. */
  private static List<Found> found(List<Heat> heats, Map<Heat, Contest> held) {
    return heats.stream()
        .map(heat ->
            new Found(
                heat,
                held.containsKey(heat)
                    ? held.get(heat).standings(heat.entrants(), heat.items())
                    : Standing.of(heat.entrants(), heat.items())))
        .toList();
  }
}
