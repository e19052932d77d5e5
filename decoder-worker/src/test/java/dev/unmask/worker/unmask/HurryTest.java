package dev.unmask.worker.unmask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.unmask.worker.unmask.Hurry.Left;
import org.junit.jupiter.api.Test;

class HurryTest {
  private static final Round SIX = Rounds.of(.1, .9, .3, .8, .2, .7);
  private static final int[] PICKS = {1};

  private final Hurry hurry = new Hurry();

  @Test
  void pick_aStepAMask_isThePolicys() {
    assertThat(hurry.pick(SIX, PICKS, new Left(12, 12, 2, 1))).containsExactly(1);
  }

  @Test
  void pick_lessTime_addsTheBestOfTheOthersUpToAnEvenShare() {
    assertThat(hurry.pick(SIX, PICKS, new Left(6, 12, 2, 1))).containsExactly(1, 3);
    assertThat(hurry.pick(SIX, PICKS, new Left(4, 12, 2, 1))).containsExactly(1, 3, 5);
  }

  @Test
  void pick_aStepABlock_isTheWholeBlock() {
    assertThat(hurry.pick(SIX, PICKS, new Left(2, 12, 2, 1))).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(hurry.pick(SIX, PICKS, new Left(1, 12, 2, 1))).hasSize(6);
  }

  /** The others need two steps each, so that one is left for this block. */
  @Test
  void pick_blocksThatTakeTwoSteps_leavesThemTheirs() {
    assertThat(hurry.pick(SIX, PICKS, new Left(5, 18, 3, 2))).hasSize(6);
    assertThat(hurry.pick(SIX, PICKS, new Left(7, 18, 3, 2))).hasSize(3);
  }

  @Test
  void pick_poorPicksOfThePolicy_stay() {
    assertThat(hurry.pick(SIX, new int[] {0}, new Left(4, 12, 2, 1))).containsExactly(0, 1, 3);
  }

  @Test
  void pick_policyThatPicksEnough_isLeftAlone() {
    int[] generous = {1, 3, 5};
    assertThat(hurry.pick(SIX, generous, new Left(4, 12, 2, 1))).isSameAs(generous);
  }

  /** It committed five in its first step, so that one of one now does not make it late. */
  @Test
  void pick_paceSoFarThatSuffices_isLeftAlone() {
    assertThat(hurry.pick(SIX, new int[] {0, 1, 2, 3, 4}, new Left(6, 12, 2, 1))).hasSize(5);
    assertThat(hurry.pick(SIX, PICKS, new Left(5, 12, 2, 1))).containsExactly(1);
    assertThat(new Hurry().pick(SIX, PICKS, new Left(5, 12, 2, 1))).hasSize(3);
  }

  /** A plan that begins with a step of nothing is no slow one. */
  @Test
  void pick_policyThatWaits_mayWhileThereIsTime() {
    assertThat(hurry.pick(SIX, new int[0], new Left(12, 12, 2, 1))).isEmpty();
    assertThat(hurry.pick(SIX, new int[0], new Left(11, 12, 2, 1))).hasSize(2);
  }

  @Test
  void left_nothing_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Left(0, 12, 2, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Left(1, 1, 2, 1));
  }
}
