package dev.unmask.worker.unmask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unmask.worker.sampling.Noise;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OriginTest {
  private static final Origin ORIGIN = new Origin(new Pace.TimeSchedule(4, 1e-3));

  @Test
  void pick_manyCandidates_eachByTheShareOfItsStep() {
    // From time 1 to .001 in four steps: shares 1 - s/t.
    double[] times = {1, .75025, .5005, .25075, .001};
    for (int step = 0; step < 3; step++) {
      double share = 1 - times[step + 1] / times[step];
      int picked = ORIGIN.pick(round(step, 7, 20_000)).length;
      assertThat(picked / 20_000.0).as("step %d", step).isCloseTo(share, within(.015));
    }
  }

  @Test
  void pick_lastStep_isAll() {
    assertThat(ORIGIN.pick(round(3, 7, 9))).containsExactly(IntStream.range(0, 9).toArray());
    assertThat(ORIGIN.pick(round(5, 7, 2))).containsExactly(0, 1);
  }

  @Test
  void pick_otherScores_sameCoins() {
    var round = Rounds.of(new float[] {9, 8, 7, 6}, 0, 0, new Layout(1, 4));
    assertThat(ORIGIN.pick(Rounds.with(round, new Noise(7, 0))))
        .isEqualTo(ORIGIN.pick(round(0, 7, 4)));
  }

  @Test
  void pick_otherPositionOrStep_otherCoins() {
    int[] base = ORIGIN.pick(round(1, 7, 256));
    var moved = Rounds.at(round(1, 7, 256), IntStream.range(256, 512).toArray());
    assertThat(ORIGIN.pick(moved)).isNotEqualTo(base);
    assertThat(ORIGIN.pick(Rounds.with(round(1, 7, 256), new Noise(7, 9)))).isNotEqualTo(base);
    assertThat(ORIGIN.pick(round(1, 7, 256))).isEqualTo(base);
  }

  @Test
  void waits_untilTheLastStep() {
    assertThat(ORIGIN.waits(round(0, 7, 4))).isTrue();
    assertThat(ORIGIN.waits(round(2, 7, 4))).isTrue();
    assertThat(ORIGIN.waits(round(3, 7, 4))).isFalse();
  }

  private static Round round(int step, long seed, int candidates) {
    var round = Rounds.of(new float[candidates], step, 0, new Layout(1, candidates));
    return Rounds.with(round, new Noise(seed, step));
  }
}
