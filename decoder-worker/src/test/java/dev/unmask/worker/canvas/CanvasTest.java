package dev.unmask.worker.canvas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import org.junit.jupiter.api.Test;

class CanvasTest {
  private static final int MASK = 99;

  private final Canvas canvas = Canvas.of(new int[] {7, 8}, 4, MASK);

  @Test
  void of_promptAndLength_masksFollowThePrompt() {
    assertThat(canvas.tokens()).containsExactly(7, 8, MASK, MASK, MASK, MASK);
    assertThat(canvas.masks(2, 6)).isEqualTo(4);
    assertThat(canvas.firstOf(MASK)).isEqualTo(2);
  }

  @Test
  void of_maskInPrompt_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> Canvas.of(new int[] {7, MASK}, 4, MASK));
  }

  @Test
  void of_emptyPrompt_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> Canvas.of(new int[0], 4, MASK));
  }

  @Test
  void commit_mask_becomesKnown() {
    canvas.commit(3, 5);

    assertThat(canvas.known()).containsExactly(false, true, false, false);
    assertThat(canvas.token(3)).isEqualTo(5);
    assertThat(canvas.firstOf(5)).isEqualTo(3);
  }

  @Test
  void commit_knownPosition_breaksI1() {
    canvas.commit(3, 5);

    assertThatIllegalStateException().isThrownBy(() -> canvas.commit(3, 6));
    assertThatIllegalStateException().isThrownBy(() -> canvas.commit(0, 6));
  }

  @Test
  void commit_maskToken_isRefused() {
    assertThatIllegalStateException().isThrownBy(() -> canvas.commit(3, MASK));
  }

  @Test
  void revoke_committedToken_isAMaskAgain() {
    canvas.commit(3, 5);
    canvas.revoke(3);
    assertThat(canvas.masked(3)).isTrue();
    canvas.commit(3, 6);
    assertThat(canvas.token(3)).isEqualTo(6);
  }

  @Test
  void revoke_maskOrPrompt_isRefused() {
    assertThatIllegalStateException().isThrownBy(() -> canvas.revoke(3));
    assertThatIllegalStateException().isThrownBy(() -> canvas.revoke(1));
  }

  @Test
  void tokens_changedCopy_leavesTheCanvas() {
    canvas.tokens()[2] = 1;

    assertThat(canvas.masked(2)).isTrue();
  }

  @Test
  void firstOf_tokenOfPromptOnly_isTheLength() {
    assertThat(canvas.firstOf(7)).isEqualTo(6);
  }

  @Test
  void of_given_isKnownAndNeverTakenBack() {
    var known = new Given(new int[] {1}, new int[] {5}, new int[] {6});
    var opened = Canvas.of(Outset.of(7, 8).with(known), 4, MASK);
    assertThat(opened.tokens()).containsExactly(7, 8, MASK, 5, MASK, 6);
    assertThat(opened.given(2, 5)).isEqualTo(1);
    assertThat(opened.answerEnd()).isEqualTo(5);
    assertThatIllegalStateException().isThrownBy(() -> opened.revoke(3));
    assertThatIllegalStateException().isThrownBy(() -> opened.commit(3, 1));
    opened.commit(4, 9);
    opened.revoke(4);
    assertThat(opened.masked(4)).isTrue();
  }

  @Test
  void firstOf_leftOfWhatWasGiven_isNone() {
    var known = new Given(new int[] {1}, new int[] {5}, new int[0]);
    var opened = Canvas.of(Outset.of(7, 8).with(known), 4, MASK);
    opened.commit(2, 9);
    assertThat(opened.firstOf(9)).isEqualTo(6);
    opened.commit(4, 9);
    assertThat(opened.firstOf(9)).isEqualTo(4);
  }

  @Test
  void of_givenThatDoesNotFit_isRefused() {
    for (var known :
        List.of(
            new Given(new int[] {4}, new int[] {5}, new int[0]),
            new Given(new int[] {3}, new int[] {5}, new int[] {6}),
            new Given(new int[] {3}, new int[] {MASK}, new int[0]))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Canvas.of(Outset.of(7, 8).with(known), 4, MASK));
    }
  }

  @Test
  void of_resumption_pinsWhatWasToldAndKeepsTheMasks() {
    var there = new Resumption(0, 2, 2, new int[] {7, 8, MASK, 5, 4, MASK});
    var opened = Canvas.of(Outset.of(7, 8).from(there), 4, MASK);
    assertThat(opened.known()).containsExactly(false, true, true, false);
    assertThat(opened.given(2, 6)).isZero();
    assertThatIllegalStateException().isThrownBy(() -> opened.revoke(4));
  }
}
