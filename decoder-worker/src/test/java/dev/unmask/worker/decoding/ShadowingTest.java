package dev.unmask.worker.decoding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.worker.canvas.Block;
import dev.unmask.worker.canvas.Canvas;
import org.junit.jupiter.api.Test;

class ShadowingTest {
  private static final Block BLOCK = new Block(0, 2, 8);

  private final Canvas canvas = Canvas.of(new int[] {1, 2}, 6, 99);

  @Test
  void ours_tokensGoIn_theSpanStaysTheBlock() {
    var window = open(false);
    commit(2, 3, 7);
    window.step(canvas);
    assertThat(window.start()).isEqualTo(2);
    assertThat(window.end()).isEqualTo(8);
    assertThat(window.candidates(canvas)).containsExactly(4, 5, 6);
    assertThat(window.known(canvas)).containsExactly(2, 3, 7);
    assertThat(window.finished(canvas)).isFalse();
  }

  @Test
  void ours_tokenTakenBack_isACandidateAgain() {
    var window = open(false);
    commit(2, 3, 4, 5, 6, 7);
    assertThat(window.finished(canvas)).isTrue();
    canvas.revoke(2);
    assertThat(window.candidates(canvas)).containsExactly(2);
    assertThat(window.finished(canvas)).isFalse();
  }

  @Test
  void published_spanIsOneStepBehindTheMasks() {
    var window = open(true);
    window.step(canvas);
    commit(2, 7);
    // The span of this step is of the masks before the one just made.
    window.step(canvas);
    assertThat(window.start()).isEqualTo(2);
    assertThat(window.end()).isEqualTo(8);
    assertThat(window.known(canvas)).containsExactly(2, 7);
    commit(3);
    window.step(canvas);
    assertThat(window.start()).isEqualTo(3);
    assertThat(window.end()).isEqualTo(7);
    assertThat(window.candidates(canvas)).containsExactly(4, 5, 6);
    assertThat(window.known(canvas)).containsExactly(3);
  }

  @Test
  void published_tokenTakenBackOutsideTheMasks_isForgotten() {
    var window = open(true);
    window.step(canvas);
    commit(2, 3, 4, 5, 6);
    window.step(canvas);
    canvas.revoke(2);
    commit(7);
    assertThat(window.finished(canvas)).isTrue();
    assertThat(canvas.masked(2)).isTrue();
  }

  @Test
  void enter_nextBlock_isWhole() {
    var window = open(true);
    window.step(canvas);
    commit(2, 3, 4);
    window.step(canvas);
    window.enter(new Block(1, 5, 8));
    assertThat(window.start()).isEqualTo(5);
    assertThat(window.end()).isEqualTo(8);
    assertThat(window.candidates(canvas)).containsExactly(5, 6, 7);
  }

  private static Shadowing open(boolean shrinks) {
    var window = new Shadowing(shrinks);
    window.enter(BLOCK);
    return window;
  }

  private void commit(int... positions) {
    for (int position : positions) {
      canvas.commit(position, 50 + position);
    }
  }
}
