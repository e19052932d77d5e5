package dev.unmask.client.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AxisTest {
  @ParameterizedTest
  @CsvSource({"0, 97, 0, 100", "43.9, 100, 40, 100", "0, 0, 0, 1", "0, 0.034, 0, 0.04"})
  void of_anyRange_holdsItBetweenRoundMarks(double low, double high, double start, double end) {
    var axis = Axis.of(low, high);
    assertThat(axis.low()).isCloseTo(start, within(1e-9));
    assertThat(axis.high()).isGreaterThanOrEqualTo(high).isGreaterThan(axis.low());
    if (high > low) {
      assertThat(axis.high()).isCloseTo(end, within(1e-9));
    }
    assertThat(axis.marks()).hasSizeBetween(2, 8).first().isEqualTo(axis.low());
    assertThat(axis.place(axis.low())).isZero();
    assertThat(axis.place(axis.high())).isEqualTo(1);
  }

  @Test
  void apart_randomPlaces_keepTheirDistanceOrderAndBounds() {
    for (long seed = 0; seed < 200; seed++) {
      var random = new Random(seed);
      var wanted = random.doubles(1 + random.nextInt(20), 0, 100).toArray();
      var places = Spread.apart(wanted, 5, 0, 100);
      for (int i = 0; i < wanted.length; i++) {
        for (int j = 0; j < wanted.length; j++) {
          if (wanted[i] < wanted[j]) {
            assertThat(places[j] - places[i]).as("seed " + seed).isGreaterThan(4.999);
          }
        }
      }
      assertThat(Arrays.stream(places).min().orElse(0)).isGreaterThanOrEqualTo(0);
      assertThat(Arrays.stream(places).max().orElse(0)).isLessThanOrEqualTo(100);
    }
  }

  @Test
  void apart_noRoom_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Spread.apart(new double[] {1, 2, 3}, 5, 0, 9));
  }
}
