package dev.unmask.worker.unmask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ThresholdTest {
  @Test
  void pick_equalToTheThreshold_passes() {
    assertThat(new Threshold(.9).pick(Rounds.of(.9, .89, .95))).containsExactly(0, 2);
  }

  @Test
  void pick_nonePasses_isTheBest() {
    assertThat(new Threshold(.9).pick(Rounds.of(.1, .5, .3))).containsExactly(1);
  }

  @Test
  void pick_fewerPassThanTheMinimum_isTheBestSoMany() {
    var policy = new Threshold(.9, 2, OptionalInt.empty());

    assertThat(policy.pick(Rounds.of(.1, .95, .3))).containsExactly(1, 2);
    assertThat(policy.pick(Rounds.of(.1))).containsExactly(0);
  }

  @Test
  void pick_steps_considersTheShareAndWhatIsLeftOver() {
    var policy = new Threshold(.5, 1, OptionalInt.of(4));

    assertThat(policy.pick(Rounds.at(0, 0, 8, 1, 1, 1, 1, 1, 1, 1, 1))).containsExactly(0, 1);
    assertThat(policy.pick(Rounds.at(1, 1, 8, 1, 1, 1, 1, 1, 1, 1))).containsExactly(0, 1, 2);
  }

  @Test
  void pick_stepsAreOver_considersWhatIsLeftOver() {
    var policy = new Threshold(.5, 1, OptionalInt.of(4));

    assertThat(policy.pick(Rounds.at(6, 5, 8, 1, .2, 1))).containsExactly(0, 2);
  }

  @Test
  void new_outOfRange_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Threshold(0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Threshold(1.01));
    assertThatIllegalArgumentException().isThrownBy(() -> new Threshold(Double.NaN));
  }
}
