package dev.unmask.client.load.measure;

import static dev.unmask.client.load.measure.Outcomes.completed;
import static dev.unmask.client.load.measure.Outcomes.failed;
import static dev.unmask.client.load.measure.Outcomes.unfinished;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.grpc.Status;
import org.junit.jupiter.api.Test;

class MeterTest {
  private static final long SECOND = 1_000_000_000;

  /** Measured from second 10 to second 20. */
  private final Meter meter = new Meter(new Window(10 * SECOND, 20 * SECOND));

  @Test
  void level_arrivals_countWhereTheyArriveAndWorkWhereItEnds() {
    meter.add(completed(9_000, 500)); // All of it in the warm-up.
    meter.add(completed(9_900, 500)); // Its work only.
    meter.add(completed(15_000, 1_000)); // All of it.
    meter.add(completed(19_900, 2_000)); // Its latency only.
    var level = level();
    assertThat(level.counts().arrived()).isEqualTo(2);
    assertThat(level.counts().completed()).isEqualTo(2);
    assertThat(level.counts().ended()).isEqualTo(2);
    assertThat(level.counts().backlog()).isZero();
    assertThat(level.speed()).isEqualTo(new Speed(0.2, 0.2, 0.6, 0.8, 0.4));
    assertThat(level.work().tokensPerStep()).isEqualTo(2);
    assertThat(level.latencies().total().count()).isEqualTo(2);
    assertThat(level.latencies().total().max()).isCloseTo(2_000, withinPercentage(0.1));
  }

  @Test
  void level_manyTimes_haveTheirPercentiles() {
    for (int i = 1; i <= 1000; i++) {
      meter.add(completed(12_000, i));
    }
    var latencies = level().latencies();
    assertThat(latencies.total().mean()).isCloseTo(500.5, withinPercentage(0.1));
    assertThat(latencies.total().p50()).isCloseTo(500, withinPercentage(0.1));
    assertThat(latencies.total().p95()).isCloseTo(950, withinPercentage(0.1));
    assertThat(latencies.total().p99()).isCloseTo(990, withinPercentage(0.1));
    assertThat(latencies.firstBlock().p50()).isCloseTo(250, withinPercentage(0.1));
    assertThat(latencies.firstDelta().p50()).isCloseTo(125, withinPercentage(0.1));
    assertThat(latencies.token().p50()).isCloseTo(500 / 3.0, withinPercentage(0.1));
    assertThat(level().lag().p99()).isCloseTo(1, withinPercentage(0.1));
  }

  @Test
  void level_failures_areCountedByStatusAndTellNoLatency() {
    meter.add(failed(12_000, 1, Status.Code.RESOURCE_EXHAUSTED));
    meter.add(failed(13_000, 1, Status.Code.INTERNAL));
    meter.add(failed(14_000, 1, Status.Code.RESOURCE_EXHAUSTED));
    meter.notSent(15 * SECOND);
    meter.notSent(9 * SECOND);
    var level = level();
    assertThat(level.counts()).isEqualTo(new Counts(4, 0, 2, 1, 0, 1, 3));
    assertThat(level.counts().lost()).isEqualTo(4);
    assertThat(level.failures())
        .containsExactly(
            new Failure("RESOURCE_EXHAUSTED", 2, "because 12000"),
            new Failure("INTERNAL", 1, "because 13000"));
    assertThat(level.latencies().total().count()).isZero();
  }

  @Test
  void level_unfinished_tookAtLeastAsLongAsTheyWereWaitedFor() {
    meter.add(unfinished(12_000, 60_000));
    var level = level();
    assertThat(level.counts().unfinished()).isEqualTo(1);
    assertThat(level.counts().ended()).isZero();
    assertThat(level.counts().backlog()).isEqualTo(1);
    assertThat(level.latencies().firstBlock().p50()).isCloseTo(60_000, withinPercentage(0.1));
    assertThat(level.latencies().token().count()).isZero();
  }

  @Test
  void level_abandoned_unfinishedTellNoLatency() {
    meter.abandon();
    meter.add(unfinished(12_000, 60_000));
    assertThat(level().counts().unfinished()).isEqualTo(1);
    assertThat(level().latencies().total().count()).isZero();
  }

  @Test
  void level_endedByCount_measuresToTheLastEndAndSendingToTheLastArrival() {
    meter.add(completed(11_000, 100));
    meter.add(completed(12_000, 2_000));
    var level = meter.level(new Load.Rate(1), meter.lastArrival(), meter.lastEnd(), true);
    assertThat(level.seconds()).isEqualTo(4);
    assertThat(level.speed().sent()).isEqualTo(1);
    assertThat(level.speed().completed()).isEqualTo(0.5);
  }

  @Test
  void level_nothing_isZeros() {
    var level = meter.level(new Load.Rate(1), 5 * SECOND, 5 * SECOND, false);
    assertThat(level.seconds()).isZero();
    assertThat(level.speed()).isEqualTo(new Speed(0, 0, 0, 0, 0));
    assertThat(level.latencies().total()).isEqualTo(new Distribution(0, 0, 0, 0, 0, 0));
    assertThat(level.work().rowsShare()).isZero();
  }

  private Level level() {
    return meter.level(new Load.Rate(1), 20 * SECOND, 20 * SECOND, true);
  }
}
