package dev.unmask.worker.serving.steps;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ForwardTimesTest {
  private final ForwardTimes times = new ForwardTimes();

  @Test
  void estimate_nothingMeasured_isEmpty() {
    times.record("other", 100, Duration.ofMillis(10));
    assertThat(times.estimate("model", 100)).isEmpty();
  }

  @Test
  void estimate_sizesMeasuredApart_takesTheClosest() {
    times.record("model", 32, Duration.ofMillis(16));
    times.record("model", 1024, Duration.ofMillis(128));
    assertThat(times.estimate("model", 40)).contains(Duration.ofMillis(20));
    assertThat(times.estimate("model", 1000)).contains(Duration.ofMillis(125));
    assertThat(times.estimate("model", 4096)).contains(Duration.ofMillis(512));
  }

  @Test
  void record_deviceBecomesSlower_isBelievedAfterAFewForwards() {
    times.record("model", 100, Duration.ofMillis(10));
    for (int i = 0; i < 60; i++) {
      times.record("model", 100, Duration.ofMillis(50));
    }
    assertThat(times.estimate("model", 100).orElseThrow())
        .isBetween(Duration.ofMillis(49), Duration.ofMillis(50));
  }

  @Test
  void record_firstForwardWasSlow_isForgottenWithTheSecond() {
    times.record("model", 1000, Duration.ofMillis(500));
    assertThat(times.estimate("model", 1000)).contains(Duration.ofMillis(500));
    times.record("model", 1000, Duration.ofMillis(20));
    assertThat(times.estimate("model", 1000)).contains(Duration.ofMillis(20));
  }

  @Test
  void record_noRows_saysNothing() {
    times.record("model", 0, Duration.ofMillis(10));
    assertThat(times.estimate("model", 10)).isEmpty();
  }
}
