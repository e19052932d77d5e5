package dev.unmask.client.load.drive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
  private static final int MANY = 200_000;
  private static final double RATE = 40;

  @Test
  void next_many_comeAtTheRate() {
    var arrivals = arrivals(11);
    assertThat(MANY / (arrivals[MANY - 1] / 1e9)).isCloseTo(RATE, within(0.3));
    assertThat(arrivals).isSorted();
  }

  /** Gaps of an exponential distribution deviate as much as they are long, and forget the past. */
  @Test
  void next_many_haveExponentialGaps() {
    var gaps = gaps(arrivals(12));
    double mean = LongStream.of(gaps).average().orElseThrow();
    double variance =
        LongStream.of(gaps).mapToDouble(gap -> Math.pow(gap - mean, 2)).average().orElseThrow();
    assertThat(Math.sqrt(variance) / mean).isCloseTo(1, within(0.02));
    double longer = share(gaps, mean);
    assertThat(longer).isCloseTo(Math.exp(-1), within(0.005));
    assertThat(share(gaps, 2 * mean) / longer).isCloseTo(Math.exp(-1), within(0.01));
  }

  /** The number in a second of a Poisson process has a variance as large as its mean. */
  @Test
  void next_many_arePoissonInASecond() {
    var arrivals = arrivals(13);
    int seconds = (int) (arrivals[MANY - 1] / 1_000_000_000L);
    var counts = new int[seconds + 1];
    for (long arrival : arrivals) {
      counts[(int) (arrival / 1_000_000_000L)]++;
    }
    var whole = IntStream.of(counts).limit(seconds).toArray();
    double mean = IntStream.of(whole).average().orElseThrow();
    double variance =
        IntStream.of(whole).mapToDouble(n -> Math.pow(n - mean, 2)).average().orElseThrow();
    assertThat(variance / mean).isCloseTo(1, within(0.08));
  }

  @Test
  void next_sameSeed_isTheSame() {
    assertThat(arrivals(5)).isEqualTo(arrivals(5)).isNotEqualTo(arrivals(6));
  }

  private static long[] arrivals(long seed) {
    var arrivals = new Arrivals(RATE, new SplittableRandom(seed));
    return LongStream.generate(arrivals::next).limit(MANY).toArray();
  }

  private static long[] gaps(long[] arrivals) {
    return IntStream.range(1, MANY).mapToLong(i -> arrivals[i] - arrivals[i - 1]).toArray();
  }

  private static double share(long[] gaps, double longerThan) {
    return LongStream.of(gaps).filter(gap -> gap > longerThan).count() / (double) gaps.length;
  }
}
