package dev.unmask.worker.unmask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.unmask.worker.sampling.Noise;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class FixedScheduleTest {
  @Test
  void pick_steps_quotientAndRemainderToTheFirst() {
    assertThat(counts(new Pace.Steps(4), 10)).containsExactly(3, 3, 2, 2);
    assertThat(counts(new Pace.Steps(8), 8)).containsOnly(1).hasSize(8);
  }

  @Test
  void pick_stepsOverTwoBlocks_eachBlockGetsHalf() {
    var round = Rounds.of(new float[8], 0, 0, new Layout(2, 8));

    assertThat(new FixedSchedule(new Pace.Steps(4)).pick(round)).hasSize(4);
  }

  @Test
  void pick_tokensPerStep_isConstantUntilTheRest() {
    assertThat(counts(new Pace.TokensPerStep(3), 8)).containsExactly(3, 3, 2);
  }

  @Test
  void pick_timeScheduleOfOneTokenAStep_firstNoneLastTwo() {
    var counts = counts(new Pace.TimeSchedule(256, 1e-3), 256);

    assertThat(counts).hasSize(256).startsWith(0, 1).endsWith(1, 2);
    assertThat(counts.subList(1, 255)).containsOnly(1);
  }

  @Test
  void pick_timeScheduleOfSeveralTokensAStep_asThePublishedCounts() {
    assertThat(counts(new Pace.TimeSchedule(64, 1e-3), 256)).startsWith(3, 4).endsWith(4, 5);
    assertThat(counts(new Pace.TimeSchedule(32, 1e-3), 256)).startsWith(7, 8).endsWith(8, 9);
    assertThat(counts(new Pace.TimeSchedule(8, 1e-3), 256))
        .containsExactly(31, 32, 32, 32, 32, 32, 32, 33);
  }

  @Test
  void pick_bestScores_areTaken() {
    var schedule = new FixedSchedule(new Pace.TokensPerStep(2));

    assertThat(schedule.pick(Rounds.of(.1, .9, .3, .8))).containsExactly(1, 3);
  }

  @Test
  void pick_algTemp_firstDrawsFollowTheSoftmax() {
    var drawing = drawing(.5, 1);
    double[] scores = {.1, .9, .5, 0};
    double[] shares = softmax(scores, .5);
    int[] drawn = new int[scores.length];
    int draws = 20_000;
    for (int seed = 0; seed < draws; seed++) {
      drawn[drawing.pick(round(seed, scores))[0]]++;
    }
    for (int i = 0; i < shares.length; i++) {
      // Four standard deviations of a share of 20,000 draws are at most .0142.
      assertThat(drawn[i] / (double) draws).isCloseTo(shares[i], within(.0142));
    }
  }

  @Test
  void pick_algTemp_secondDrawsAreWithoutReplacement() {
    var drawing = drawing(1, 2);
    double[] scores = {0, Math.log(2), Math.log(5)};
    // Shares 1/8 2/8 5/8: the first two are drawn together in either order.
    double both = 1 / 8.0 * (2 / 7.0) + 2 / 8.0 * (1 / 6.0);
    int draws = 20_000;
    int together = 0;
    for (int seed = 0; seed < draws; seed++) {
      int[] picked = drawing.pick(round(seed, scores));
      assertThat(picked).hasSize(2).isSorted();
      together += picked[0] == 0 && picked[1] == 1 ? 1 : 0;
    }
    assertThat(together / (double) draws).isCloseTo(both, within(.0142));
  }

  @Test
  void pick_algTempFarBelowTheScores_isTheBest() {
    assertThat(drawing(1e-4, 2).pick(round(3, .1, .9, .3, .8))).containsExactly(1, 3);
  }

  @Test
  void new_algTempOutOfRange_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> drawing(0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> drawing(Double.NaN, 1));
  }

  private static FixedSchedule drawing(double algTemp, int tokens) {
    return new FixedSchedule(new Pace.TokensPerStep(tokens), OptionalDouble.of(algTemp));
  }

  private static Round round(int seed, double... scores) {
    return Rounds.with(Rounds.of(scores), new Noise(seed, 0));
  }

  private static double[] softmax(double[] scores, double temperature) {
    double[] powers = Arrays.stream(scores).map(s -> Math.exp(s / temperature)).toArray();
    double sum = Arrays.stream(powers).sum();
    return Arrays.stream(powers).map(power -> power / sum).toArray();
  }

  @Test
  void waits_onlyWhereThePlanIsNone() {
    var time = new FixedSchedule(new Pace.TimeSchedule(4, 1e-3));

    assertThat(time.waits(Rounds.of(1, 1, 1, 1))).isTrue();
    assertThat(time.waits(Rounds.at(3, 3, 4, 1))).isFalse();
    assertThat(new FixedSchedule(new Pace.Steps(4)).waits(Rounds.of(1, 1, 1, 1))).isFalse();
  }

  @Test
  void pace_nothingAStep_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Pace.TokensPerStep(0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Pace.Steps(0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Pace.TimeSchedule(4, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Pace.TimeSchedule(4, Double.NaN));
  }

  /** How many tokens each step of a lone block commits. */
  private static List<Integer> counts(Pace pace, int blockLength) {
    var schedule = new FixedSchedule(pace);
    var counts = new ArrayList<Integer>();
    int left = blockLength;
    while (left > 0) {
      int step = counts.size();
      int picked =
          schedule.pick(Rounds.at(step, blockLength - left, blockLength, new double[left])).length;
      counts.add(picked);
      left -= picked;
    }
    return counts;
  }
}
