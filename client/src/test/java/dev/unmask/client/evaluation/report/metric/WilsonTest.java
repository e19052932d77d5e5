package dev.unmask.client.evaluation.report.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WilsonTest {
  /** Newcombe, Statistics in Medicine 17 (1998), table I, method 3. */
  @ParameterizedTest
  @CsvSource({
    "81, 263, 0.2553, 0.3662",
    "15, 148, 0.0624, 0.1605",
    "0, 20, 0.0000, 0.1611",
    "1, 29, 0.0061, 0.1718",
  })
  void of_publishedExamples_areThePublishedIntervals(
      int successes, int trials, double low, double high) {
    var interval = Wilson.of(successes, trials);
    assertThat(interval.low()).isCloseTo(low, within(0.00005));
    assertThat(interval.high()).isCloseTo(high, within(0.00005));
  }

  @Test
  void of_allRight_endsAtOne() {
    assertThat(Wilson.of(20, 20).high()).isCloseTo(1, within(1e-12));
    assertThat(Wilson.of(20, 20).low()).isCloseTo(1 - 0.1611, within(0.00005));
  }

  @Test
  void of_noTrials_isEverything() {
    assertThat(Wilson.of(0, 0)).isEqualTo(new Wilson(0, 1));
  }
}
