package dev.unmask.worker.pages.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.contract.Limits;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LeaseTimesTest {
  static Stream<Optional<Duration>> estimates() {
    return Stream.of(0, 1, 600, 5_000, 19_999, 20_000, 1_000_000)
        .map(millis -> Optional.of(Duration.ofMillis(millis)));
  }

  @ParameterizedTest
  @MethodSource("estimates")
  void of_anyEstimate_staysWithinTheServicesBoundsAndOutlivesADeadHolder(
      Optional<Duration> estimate) {
    var times = LeaseTimes.of(estimate);
    assertThat(times.term()).isPositive().isLessThan(times.patience());
    assertThat(times.patience()).isLessThanOrEqualTo(Limits.LEASE_TIME);
  }

  @Test
  void of_estimate_isAFewForwards() {
    assertThat(LeaseTimes.of(Optional.of(Duration.ofSeconds(4))))
        .isEqualTo(new LeaseTimes(Duration.ofSeconds(8), Duration.ofSeconds(12)));
  }

  @Test
  void of_nothingMeasured_takesTheUsual() {
    assertThat(LeaseTimes.of(Optional.empty()))
        .isEqualTo(LeaseTimes.of(Optional.of(Limits.LEASE_FORWARD_UNMEASURED)));
  }
}
