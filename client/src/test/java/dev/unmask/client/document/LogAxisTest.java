package dev.unmask.client.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogAxisTest {
  @ParameterizedTest
  @CsvSource({
    "12, 97, 10, 100",
    "10, 100, 10, 100",
    "3, 3, 2, 5",
    "5, 5, 5, 10",
    "0.034, 2.1, 0.02, 5",
    "0, 0, 1, 2"
  })
  void of_anyRange_holdsItBetweenRoundMarks(double low, double high, double start, double end) {
    var axis = LogAxis.of(low, high);
    assertThat(axis.low()).isCloseTo(start, within(1e-9));
    assertThat(axis.high()).isCloseTo(end, within(1e-9));
  }

  @Test
  void of_randomRanges_areMarkedAtBothEndsAndNotTooOften() {
    for (long seed = 0; seed < 500; seed++) {
      var random = new Random(seed);
      double low = Math.pow(10, random.nextDouble(-3, 5));
      double high = low * Math.pow(10, random.nextDouble(0, 6));
      var axis = LogAxis.of(low, high);
      assertThat(axis.low()).as("seed " + seed).isLessThanOrEqualTo(low * 1.000001);
      assertThat(axis.high()).as("seed " + seed).isGreaterThanOrEqualTo(high * 0.999999);
      assertThat(axis.marks()).as("seed " + seed).isSorted().hasSizeBetween(2, 10);
      assertThat(axis.place(axis.marks().getFirst())).isCloseTo(0, within(1e-6));
      assertThat(axis.place(axis.marks().getLast())).isCloseTo(1, within(1e-6));
    }
  }

  @Test
  void place_equalFactors_areEquallyFarApart() {
    var axis = new LogAxis(1, 100);
    assertThat(axis.place(10)).isCloseTo(0.5, within(1e-9));
    assertThat(axis.place(0.1)).isZero();
    assertThat(axis.place(1e6)).isEqualTo(1);
  }
}
