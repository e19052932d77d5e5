package dev.unmask.client.evaluation.report;

import dev.unmask.client.evaluation.report.Report.Group;
import java.util.ArrayList;
import java.util.List;

/** How an evaluation was done, in words. */
public final class Facts {
  /** What a report is called. */
  public static final String TITLE = "Evaluation";

  private static final int DIGITS = 12;

  private Facts() {}

  /** One line a fact. */
  public static List<String> lines(Report report) {
    var facts = report.facts();
    var lines = new ArrayList<String>();
    lines.add(facts.created() + ", " + facts.version());
    if (!facts.finished()) {
      lines.add("Not finished: the figures are of the questions asked so far.");
    }
    for (var model : facts.models()) {
      lines.add(
          "Model %s: %s, %s, computes in %s, weights %s"
              .formatted(
                  model.name(),
                  model.family(),
                  model.kind(),
                  model.computeType(),
                  model.weights().substring(0, Math.min(DIGITS, model.weights().length()))));
    }
    lines.add("Questions at once: " + facts.concurrency());
    lines.add("Stored states: " + facts.sharing());
    lines.add("Order: " + facts.order());
    return lines;
  }

  /** A group, in words. */
  public static String name(Group group) {
    return group.task()
        + ", "
        + group.model()
        + (group.generationLength() == 0 ? "" : ", " + group.generationLength() + " tokens");
  }
}
