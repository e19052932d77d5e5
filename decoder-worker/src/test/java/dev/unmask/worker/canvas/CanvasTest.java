package dev.unmask.worker.canvas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

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
}
