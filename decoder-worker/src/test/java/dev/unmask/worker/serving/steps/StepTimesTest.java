package dev.unmask.worker.serving.steps;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class StepTimesTest {
  private final StepTimes times = new StepTimes();

  private void record(long... millis) {
    for (long step : millis) {
      times.record(Duration.ofMillis(step));
    }
  }

  @Test
  void median_noStepYet_isZero() {
    assertThat(times.median()).isZero();
  }

  @Test
  void median_oneSlowStep_isNotMovedByIt() {
    record(5, 900, 4);
    assertThat(times.median()).isEqualTo(Duration.ofMillis(5));
  }

  @Test
  void median_manySteps_forgetsTheOldest() {
    for (int i = 0; i < 100; i++) {
      record(1000);
    }
    for (int i = 0; i < 64; i++) {
      record(2);
    }
    assertThat(times.median()).isEqualTo(Duration.ofMillis(2));
  }
}
