package dev.unmask.client.load.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.unmask.client.load.measure.Level;
import dev.unmask.client.load.search.Saturation;
import dev.unmask.client.load.search.Saturation.Trial;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Made-up reports. */
final class LoadReports {
  private LoadReports() {}

  static LoadReport of(Level... levels) {
    return of(Optional.empty(), levels);
  }

  /** Of a search that found 4 requests/s, 8 being too much; 400 ms were promised in total. */
  static LoadReport searched(Level... levels) {
    var trials =
        List.of(
            new Trial(4, List.of()),
            new Trial(8, List.of("p95 of total time 800 ms is above 400 ms")));
    var found = new Saturation.Found(4, 8, true, trials);
    return of(Optional.of(new LoadReport.Searched(Map.of("total_p95", 400.0), found)), levels);
  }

  private static LoadReport of(Optional<LoadReport.Searched> search, Level... levels) {
    var facts =
        new LoadReport.Facts(
            "2026-01-02T03:04:05Z",
            "unmask 1",
            List.of(levels).stream().allMatch(Level::whole),
            new Machine("Linux 6", "amd64", "Some <Processor>", 2, "25"),
            "gateway here:7301",
            "shared between requests",
            new LoadReport.ModelFacts("mini <llada>", "llada", "float32", "abcd"),
            new LoadReport.WorkloadFacts(
                "questions of arithmetic",
                "32:0.5,64:0.5",
                JsonNodeFactory.instance.objectNode(),
                42),
            5,
            "from when a request should have been sent, queueing included");
    return new LoadReport(facts, List.of(levels), search);
  }
}
