package dev.unmask.client.load;

import dev.unmask.client.evaluation.run.Ticker;
import dev.unmask.client.load.measure.Load;
import dev.unmask.client.load.report.LoadReport;
import dev.unmask.client.load.report.Machine;
import dev.unmask.client.load.workload.Workload;
import dev.unmask.client.options.SpecText;
import dev.unmask.type.v1.Model;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * Makes a report of a test's findings.
 *
 * @param version of the command line
 * @param server that was asked, in words
 * @param sharing whether requests shared stored states
 * @param prompts what was asked, in words
 * @param ticker tells the date
 */
public record LoadFacts(
    String version, String server, String sharing, String prompts, Ticker ticker) {
  private static final String OPEN = "from when a request should have been sent, queueing included";
  private static final String CLOSED =
      "from when a stream sent it: a slow server is asked less, so queueing is hidden";

  /** The report. */
  public LoadReport report(
      Model model, Workload workload, LoadPlan plan, LoadTest.Findings findings) {
    var facts =
        new LoadReport.Facts(
            ticker.now().truncatedTo(ChronoUnit.SECONDS).toString(),
            version,
            findings.finished(),
            Machine.ofProcess(),
            server,
            sharing,
            facts(model),
            new LoadReport.WorkloadFacts(
                prompts,
                workload.lengths().map(Object::toString).orElse(""),
                SpecText.of(workload.spec()),
                plan.seed()),
            plan.span().warmUp().toNanos() / 1e9,
            isOpen(plan) ? OPEN : CLOSED);
    return new LoadReport(facts, findings.levels(), searched(plan, findings));
  }

  private static Optional<LoadReport.Searched> searched(LoadPlan plan, LoadTest.Findings findings) {
    return findings
        .found()
        .map(found ->
            new LoadReport.Searched(plan.search().orElseThrow().promise().bounds(), found));
  }

  private static boolean isOpen(LoadPlan plan) {
    return plan.loads().stream().allMatch(Load.Rate.class::isInstance);
  }

  private static LoadReport.ModelFacts facts(Model model) {
    var identity = model.getIdentity();
    return new LoadReport.ModelFacts(
        identity.getName(),
        word(identity.getFamily().name(), "MODEL_FAMILY_"),
        word(identity.getComputeType().name(), "ELEMENT_TYPE_"),
        HexFormat.of().formatHex(identity.getWeightsDigest().toByteArray()));
  }

  private static String word(String value, String prefix) {
    return value.replace(prefix, "").toLowerCase(Locale.ROOT);
  }
}
