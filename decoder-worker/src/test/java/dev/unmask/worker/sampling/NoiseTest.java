package dev.unmask.worker.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unmask.worker.sampling.Noise.Purpose;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NoiseTest {
  private static final int DRAWS = 50_000;

  /** A standard deviation of a correlation of so many independent pairs, five times. */
  private static final double NO_CORRELATION = 5 / Math.sqrt(DRAWS);

  @Test
  void uniform_sameArguments_sameNumber() {
    assertThat(new Noise(5, 3).uniform(Purpose.COMMIT, 9))
        .isEqualTo(new Noise(5, 3).uniform(Purpose.COMMIT, 9));
  }

  @Test
  void uniform_manyPositions_fillTheIntervalEvenly() {
    for (var noise : new Noise[] {new Noise(0, 0), new Noise(-1, 7), new Noise(1L << 60, 4095)}) {
      for (var purpose : Purpose.values()) {
        assertEven(IntStream.range(0, DRAWS).mapToDouble(i -> noise.uniform(purpose, i)).toArray());
      }
    }
  }

  @Test
  void uniform_manyStepsOrSeeds_fillTheIntervalEvenly() {
    assertEven(
        IntStream.range(0, DRAWS)
            .mapToDouble(i -> new Noise(3, i).uniform(Purpose.CONFIDENCE, 40))
            .toArray());
    assertEven(
        IntStream.range(0, DRAWS)
            .mapToDouble(i -> new Noise(i, 3).uniform(Purpose.CONFIDENCE, 40))
            .toArray());
  }

  /** Sixteen equal cells: chi squared of 15 degrees of freedom is below 45 but once in 10,000. */
  private static void assertEven(double[] numbers) {
    assertThat(Arrays.stream(numbers)).allMatch(number -> number > 0 && number < 1);
    int[] cells = new int[16];
    for (double number : numbers) {
      cells[(int) (number * cells.length)]++;
    }
    double expected = numbers.length / (double) cells.length;
    double chiSquared = 0;
    for (int cell : cells) {
      chiSquared += (cell - expected) * (cell - expected) / expected;
    }
    assertThat(chiSquared).isLessThan(45);
  }

  @Test
  void uniform_twoPurposes_areIndependent() {
    var noise = new Noise(11, 2);
    assertUncorrelated(
        position -> noise.uniform(Purpose.CONFIDENCE, position),
        position -> noise.uniform(Purpose.COMMIT, position));
  }

  @Test
  void uniform_neighbours_areIndependent() {
    assertUncorrelated(
        position -> new Noise(11, 2).uniform(Purpose.COMMIT, position),
        position -> new Noise(11, 2).uniform(Purpose.COMMIT, position + 1));
    assertUncorrelated(
        position -> new Noise(11, 2).uniform(Purpose.COMMIT, position),
        position -> new Noise(11, 3).uniform(Purpose.COMMIT, position));
    assertUncorrelated(
        position -> new Noise(11, 2).uniform(Purpose.COMMIT, position),
        position -> new Noise(12, 2).uniform(Purpose.COMMIT, position));
  }

  private static void assertUncorrelated(IntToDoubleFunction one, IntToDoubleFunction other) {
    double sum = 0;
    for (int i = 0; i < DRAWS; i++) {
      // Uniform numbers have a variance of 1/12 around a half.
      sum += 12 * (one.applyAsDouble(i) - .5) * (other.applyAsDouble(i) - .5);
    }
    assertThat(sum / DRAWS).isCloseTo(0, within(NO_CORRELATION));
  }

  @Test
  void gumbel_manyPositions_hasTheMomentsOfAGumbelNumber() {
    var noise = new Noise(17, 0);
    double[] numbers =
        IntStream.range(0, DRAWS).mapToDouble(i -> noise.gumbel(Purpose.COMMIT, i)).toArray();
    double mean = Arrays.stream(numbers).average().orElseThrow();
    double variance =
        Arrays.stream(numbers).map(x -> (x - mean) * (x - mean)).average().orElseThrow();
    assertThat(mean).isCloseTo(0.5772, within(.03));
    assertThat(variance).isCloseTo(Math.PI * Math.PI / 6, within(.08));
  }
}
