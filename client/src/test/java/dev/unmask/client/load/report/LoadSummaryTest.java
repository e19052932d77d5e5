package dev.unmask.client.load.report;

import static dev.unmask.client.load.measure.Outcomes.level;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.client.load.measure.Level;
import dev.unmask.client.load.measure.Load;
import dev.unmask.client.load.measure.Meter;
import dev.unmask.client.load.measure.Outcome;
import dev.unmask.client.load.measure.Outcomes;
import dev.unmask.client.load.measure.Times;
import dev.unmask.client.load.measure.Window;
import io.grpc.Status;
import org.junit.jupiter.api.Test;

class LoadSummaryTest {
  private static final long SECOND = 1_000_000_000;

  @Test
  void lines_oneLoad_areFactsAndTablesWithoutACurve() {
    var text = text(LoadReports.of(level(2, 400)));
    assertThat(text)
        .contains(
            "Model mini <llada> (llada, float32) at gateway here:7301",
            "Asked: questions of arithmetic; lengths 32:0.5,64:0.5; seed 42",
            "Generator: 2 × Some <Processor> (amd64), Linux 6, Java 25",
            "load          sent/s  done/s  tokens/s  positions/s  steps/s  tokens/step  rows, %",
            "2 requests/s  2.00    2.00    6.00      8.00         4.00     2.00         88.9",
            "counted from when a request should have been sent, queueing included",
            "2 requests/s  first block  20        200.0  200.0",
            "2 requests/s  a token      20")
        .doesNotContain("o p50", "unfinished", "not sent", "late");
  }

  @Test
  void lines_severalLoads_drawBothLatencies() {
    assertThat(text(LoadReports.of(level(2, 400), level(4, 800))))
        .contains(
            "time to first block, ms: o p50 + p95 x p99", "total time, ms: o p50 + p95 x p99");
  }

  @Test
  void lines_search_tellWhatHeldAndWhatDidNot() {
    assertThat(text(LoadReports.searched(level(4, 200), level(8, 800))))
        .contains(
            "Highest rate that held: 4 requests/s.",
            "8 requests/s did not: p95 of total time 800 ms is above 400 ms.",
            "- promised p95");
  }

  @Test
  void lines_trouble_isTold() {
    assertThat(text(LoadReports.of(troubled(true))))
        .contains(
            "At 1 requests/s 2 × resource exhausted: because 1000",
            "At 1 requests/s 1 requests had not ended 60 s after the last",
            "not sent");
    assertThat(text(LoadReports.of(troubled(false))))
        .contains("Not finished: the last load was cut off in the middle.")
        .doesNotContain("had not ended");
  }

  @Test
  void lines_lateGenerator_saysSo() {
    var meter = new Meter(new Window(0, 10 * SECOND));
    var late = (Outcome.Completed) Outcomes.completed(1000, 400);
    var times = late.times();
    meter.add(
        new Outcome.Completed(
            new Times(
                times.arrival(), 25_000_000, times.firstDelta(), times.firstBlock(), times.total()),
            late.usage()));
    var level = meter.level(new Load.Rate(3), 10 * SECOND, 10 * SECOND, true);
    assertThat(text(LoadReports.of(level(2, 400), level)))
        .contains("The generator itself was late, p99 up to 25.0 ms")
        .contains("at 3 requests/s.");
  }

  @Test
  void line_level_isWhatMattersMost() {
    assertThat(LoadSummary.line(level(2, 400)))
        .isEqualTo(
            "2 requests/s: 2.00/s answered, 6.00 tokens/s, p95 first block 200.0 ms, total 400.0 ms");
  }

  private static Level troubled(boolean whole) {
    var meter = new Meter(new Window(0, 10 * SECOND));
    meter.add(Outcomes.failed(1_000, 1, Status.Code.RESOURCE_EXHAUSTED));
    meter.add(Outcomes.failed(2_000, 1, Status.Code.RESOURCE_EXHAUSTED));
    meter.add(Outcomes.unfinished(3_000, 60_000));
    meter.notSent(4 * SECOND);
    return meter.level(new Load.Rate(1), 10 * SECOND, 10 * SECOND, whole);
  }

  private static String text(LoadReport report) {
    return String.join("\n", LoadSummary.lines(report, 100));
  }
}
