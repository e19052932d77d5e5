package dev.unmask.client.load.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.client.load.measure.Level;
import dev.unmask.client.load.measure.Load;
import dev.unmask.client.load.measure.Meter;
import dev.unmask.client.load.measure.Outcomes;
import dev.unmask.client.load.measure.Window;
import io.grpc.Status;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PromiseTest {
  private static final long END = 100_000_000_000L;

  private final Meter meter = new Meter(new Window(0, END));

  @Test
  void broken_withinAllBounds_isEmpty() {
    answered(100, 400);
    assertThat(promise(250, 500).broken(level())).isEmpty();
  }

  @Test
  void broken_late_saysWhichTimeAndByHowMuch() {
    answered(100, 600);
    assertThat(promise(250, 500).broken(level()))
        .containsExactly(
            "p95 of time to first block 300 ms is above 250 ms",
            "p95 of total time 600 ms is above 500 ms");
    assertThat(new Promise(Optional.empty(), Optional.empty()).broken(level())).isEmpty();
  }

  @Test
  void broken_fewLate_isNotP95() {
    answered(96, 400);
    answered(4, 60_000);
    assertThat(promise(250, 500).broken(level())).isEmpty();
  }

  @Test
  void broken_refused_isToldFromOnePercentOn() {
    answered(99, 400);
    meter.add(Outcomes.failed(1, 1, Status.Code.RESOURCE_EXHAUSTED));
    assertThat(promise(250, 500).broken(level())).isEmpty();
    meter.add(Outcomes.failed(1, 1, Status.Code.UNAVAILABLE));
    assertThat(promise(250, 500).broken(level()))
        .containsExactly("2 of 101 requests were not answered");
  }

  @Test
  void broken_answersAfterTheMeasuredTime_fallBehind() {
    answered(86, 400);
    for (int i = 0; i < 14; i++) {
      meter.add(Outcomes.completed(99_900, 450));
    }
    assertThat(promise(250, 500).broken(level()))
        .containsExactly("answers fell behind: 100 requests arrived, 86 ended");
  }

  @Test
  void broken_nothingAnswered_isNoSuccess() {
    assertThat(promise(250, 500).broken(level())).containsExactly("no request was answered");
  }

  @Test
  void bounds_given_areMillisecondsByName() {
    assertThat(promise(250, 500).bounds())
        .isEqualTo(Map.of("first_block_p95", 250.0, "total_p95", 500.0));
    assertThat(new Promise(Optional.empty(), Optional.empty()).bounds()).isEmpty();
  }

  private void answered(int requests, long millis) {
    for (int i = 0; i < requests; i++) {
      meter.add(Outcomes.completed(10, millis));
    }
  }

  private Level level() {
    return meter.level(new Load.Rate(1), END, END, true);
  }

  private static Promise promise(long firstBlock, long total) {
    return new Promise(
        Optional.of(Duration.ofMillis(firstBlock)), Optional.of(Duration.ofMillis(total)));
  }
}
