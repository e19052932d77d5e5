package dev.unmask.worker.unmask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class WinoTest {
  private static final Wino WINO = new Wino(.7, .9, 1);

  @Test
  void pick_reachTheWideThreshold_goIn() {
    assertThat(WINO.pick(Rounds.of(.8, .7, .3, .9))).containsExactly(0, 1, 3);
  }

  @Test
  void pick_noneReachesIt_isTheMinimum() {
    assertThat(WINO.pick(Rounds.of(.1, .6, .3))).containsExactly(1);
    assertThat(new Wino(.7, .9, 2).pick(Rounds.of(.1, .6, .3))).containsExactly(1, 2);
  }

  @Test
  void pick_moreThanTheCap_theBestOfThem() {
    assertThat(pickOfSure(6)).isEqualTo(5);
    assertThat(pickOfSure(7)).isEqualTo(5);
    assertThat(pickOfSure(10)).isEqualTo(7);
    assertThat(pickOfSure(28)).isEqualTo(19);
    assertThat(pickOfSure(32)).isEqualTo(20);
    assertThat(pickOfSure(64)).isEqualTo(20);
  }

  @Test
  void pick_minimumAboveTheCap_isTheMinimum() {
    double[] scores = new double[32];
    Arrays.fill(scores, 1);
    assertThat(new Wino(.7, .9, 25).pick(Rounds.of(scores))).hasSize(25);
  }

  @Test
  void revoke_belowTheNarrowThreshold_goesOut() {
    assertThat(WINO.revoke(new float[] {.95f, .6f, .99f}, 2)).containsExactly(1);
  }

  @Test
  void revoke_equalToTheNarrowThreshold_stays() {
    assertThat(WINO.revoke(new float[] {.9f, .5f}, 3)).containsExactly(1);
  }

  @Test
  void revoke_moreDoubtfulThanWentIn_theLeastProbable() {
    float[] shadow = {.5f, .1f, .3f, .2f};
    assertThat(WINO.revoke(shadow, 3)).containsExactly(1, 3);
    assertThat(new Wino(.7, .9, 2).revoke(shadow, 3)).containsExactly(1);
  }

  @Test
  void revoke_onlyTheMinimumWentIn_noneGoesOut() {
    assertThat(WINO.revoke(new float[] {0, 0}, 1)).isEmpty();
    assertThat(new Wino(.7, .9, 3).revoke(new float[] {0, 0}, 2)).isEmpty();
  }

  @Test
  void revoke_nothingCommittedBefore_isNone() {
    assertThat(WINO.revoke(new float[0], 5)).isEmpty();
  }

  @Test
  void new_outOfRange_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Wino(0, .9, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Wino(1.1, .9, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Wino(.7, -.1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Wino(.7, Double.NaN, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Wino(.7, .9, 0));
  }

  private static int pickOfSure(int masks) {
    double[] scores = new double[masks];
    Arrays.fill(scores, .95);
    return WINO.pick(Rounds.of(scores)).length;
  }
}
