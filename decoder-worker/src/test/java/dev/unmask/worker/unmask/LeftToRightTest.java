package dev.unmask.worker.unmask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class LeftToRightTest {
  private static final LeftToRight HALF = new LeftToRight(OptionalDouble.of(.5), 1);

  @Test
  void pick_reachTheThresholdWithoutAGap_theHeadGoes() {
    var round = Rounds.at(Rounds.of(.9, .6, .4, .9), 2, 3, 4, 5);
    assertThat(HALF.pick(round)).containsExactly(0, 1);
  }

  @Test
  void pick_knownTokenBetween_endsTheRun() {
    var round = Rounds.at(Rounds.of(.9, .9, .9), 2, 3, 6);
    assertThat(HALF.pick(round)).containsExactly(0, 1);
    assertThat(new LeftToRight(OptionalDouble.of(.5), 3).pick(round)).containsExactly(0, 1);
  }

  @Test
  void pick_firstIsBelow_isTheMinimum() {
    var round = Rounds.of(.4, .9, .9);
    assertThat(HALF.pick(round)).containsExactly(0);
    assertThat(new LeftToRight(OptionalDouble.of(.5), 2).pick(round)).containsExactly(0, 1);
  }

  @Test
  void pick_equalToTheThreshold_passes() {
    assertThat(HALF.pick(Rounds.of(.5, .5, .49))).containsExactly(0, 1);
  }

  @Test
  void pick_noThreshold_theMinimumOrTheWholeRun() {
    var ours = new LeftToRight(OptionalDouble.empty(), 1);
    var round = Rounds.at(Rounds.of(.1, .1, .1, .1), 7, 8, 9, 11);
    assertThat(ours.pick(round)).containsExactly(0);
    assertThat(ours.with(true).pick(round)).containsExactly(0, 1, 2);
    assertThat(ours.with(true).with(false)).isEqualTo(ours);
  }

  @Test
  void new_outOfRange_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new LeftToRight(OptionalDouble.of(0), 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LeftToRight(OptionalDouble.of(1.5), 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LeftToRight(OptionalDouble.of(Double.NaN), 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LeftToRight(OptionalDouble.empty(), 0));
  }
}
