package dev.unmask.client.evaluation.report.metric;

import static dev.unmask.client.evaluation.report.Samples.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unmask.client.evaluation.result.Result;
import dev.unmask.client.evaluation.result.TokenCounts;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MetricsTest {
  @Test
  void of_failedQuestion_countsAsWrongAndHasNoSpeed() {
    var metrics =
        Metrics.of(
            List.of(
                answer("a", true, 0),
                answer("b", false, 2_000),
                new Result.Failed("c", 5, "unavailable: gone")));
    assertThat(metrics.accuracy().correct()).isEqualTo(1);
    assertThat(metrics.accuracy().questions()).isEqualTo(3);
    assertThat(metrics.scores().get("strict").rate()).isCloseTo(1 / 3.0, within(1e-12));
    assertThat(metrics.failed()).isEqualTo(1);
    assertThat(metrics.answered()).isEqualTo(2);
    assertThat(metrics.speed()).isEqualTo(new Speed(20, 24, 32));
    assertThat(metrics.tokensPerStep()).isEqualTo(4);
    assertThat(metrics.stepsPerAnswer()).isEqualTo(8);
    assertThat(metrics.rowsShare()).isEqualTo(0.25);
    assertThat(metrics.pagesHit()).isEqualTo(4);
    assertThat(metrics.peakMemory()).isEqualTo(3L << 30);
  }

  @Test
  void of_unequalAnswers_dividesSums() {
    var quick = timed("a", 100, new TokenCounts(100, 100, 100));
    var slow = timed("b", 900, new TokenCounts(100, 100, 100));
    // The mean of the ratios would be (1000 + 111) / 2.
    assertThat(Metrics.of(List.of(quick, slow)).speed().beforeFirstEos()).isEqualTo(200);
  }

  @Test
  void of_requestsAtOnce_countWallTimeOnce() {
    var metrics =
        Metrics.of(
            List.of(answer("a", true, 0), answer("b", true, 100), answer("c", true, 10_000)));
    assertThat(metrics.wallTime()).isEqualTo(1_200 + 1_100);
    assertThat(metrics.wallSpeed().all()).isCloseTo(96 / 2.3, within(1e-9));
  }

  @Test
  void of_latencies_areNearestRanks() {
    List<Result> results =
        IntStream.rangeClosed(1, 20)
            .mapToObj(i -> (Result) timed("q" + i, i, new TokenCounts(1, 1, 1)))
            .toList();
    var metrics = Metrics.of(results);
    assertThat(metrics.latencyP50()).isEqualTo(10);
    assertThat(metrics.latencyP95()).isEqualTo(19);
  }

  @Test
  void of_nothing_hasNoFigures() {
    var metrics = Metrics.of(List.of());
    assertThat(metrics.accuracy().interval()).isEqualTo(new Wilson(0, 1));
    assertThat(metrics.speed()).isEqualTo(new Speed(0, 0, 0));
    assertThat(metrics.latencyP95()).isZero();
  }

  private static Result.Answered timed(String id, double milliseconds, TokenCounts counts) {
    return new Result.Answered(
        id,
        1,
        new Result.Verdict(true, "", "", Map.of()),
        "",
        "length",
        new Result.Timing(0, milliseconds, milliseconds, milliseconds),
        new Result.Cost(1, 1, 1, 1, 0, 0, 0),
        counts);
  }
}
