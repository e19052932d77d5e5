package dev.unmask.worker.caching;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.worker.caching.session.Observation;
import dev.unmask.worker.caching.session.Shape;
import dev.unmask.worker.canvas.Block;
import dev.unmask.worker.rows.Window;
import java.util.BitSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Choices of masks over a prompt of 4 and three blocks of 4 positions. */
class D2MasksTest {
  private static final Shape SHAPE = new Shape(16, 4, 0, Window.BLOCK);
  private static final Block FIRST = new Block(0, 4, 8);
  private static final Block SECOND = new Block(1, 8, 12);

  @Test
  void select_moreThanAsked_theHighestScores() {
    float[] scores = {.1f, .4f, .2f, .3f, 0, 0, 0, 0, 0, 0, 0, 0};
    assertThat(select(2, D2Cache.Mode.COMPATIBLE, scores, seen(FIRST, "____________")))
        .isEqualTo(RolloutShareTest.set(1, 3));
  }

  @Test
  void select_blockBeingDecoded_comesFirst() {
    // Two masks are left in the block; the best outside of it comes after both.
    float[] scores = {0, 0, .1f, .1f, .9f, .2f, .3f, .1f, 0, 0, 0, 0};
    assertThat(select(3, D2Cache.Mode.PAPER, scores, seen(FIRST, "##__________")))
        .isEqualTo(RolloutShareTest.set(2, 3, 4));
  }

  @Test
  void select_fewerInReachThanAsked_isAllOfThem() {
    assertThat(select(9, D2Cache.Mode.PAPER, new float[12], seen(SECOND, "######______")))
        .isEqualTo(RolloutShareTest.set(6, 7, 8, 9, 10, 11));
  }

  @Test
  void select_reach_endsAtABlockInThePaper() {
    // The third mask is position 4, so the paper looks as far as 7.
    var scores = new float[] {0, 0, 0, 0, .1f, 0, 0, .9f, 5, 0, 0, 0};
    assertThat(select(3, D2Cache.Mode.PAPER, scores, seen(FIRST, "##__________")))
        .isEqualTo(RolloutShareTest.set(2, 3, 7));
  }

  @Test
  void select_reach_endsAtAMultipleOfTheMasksLeftInTheCode() {
    // Two masks are left in the block, so the code looks as far as 5.
    var scores = new float[] {0, 0, 0, 0, .1f, 0, 0, .9f, 5, 0, 0, 0};
    assertThat(select(3, D2Cache.Mode.COMPATIBLE, scores, seen(FIRST, "##__________")))
        .isEqualTo(RolloutShareTest.set(2, 3, 4));
  }

  @Test
  void select_nothingMasked_isNone() {
    assertThat(select(2, D2Cache.Mode.COMPATIBLE, new float[12], seen(SECOND, "############", 8)))
        .isEqualTo(new BitSet());
  }

  private static BitSet select(int k, D2Cache.Mode mode, float[] scores, Observation seen) {
    return new D2Masks(new D2Cache(.1, k, 10, 0, mode), SHAPE).select(scores, seen);
  }

  /**
   * A step of a block after which these positions are known (#), all eligible ones still masked.
   */
  private static Observation seen(Block block, String known) {
    int[] eligible =
        IntStream.range(block.start(), block.end())
            .filter(position -> known.charAt(position - 4) == '_')
            .toArray();
    return seen(block, known, eligible);
  }

  private static Observation seen(Block block, String known, int... eligible) {
    boolean[] flags = new boolean[known.length()];
    for (int i = 0; i < flags.length; i++) {
      flags[i] = known.charAt(i) == '#';
    }
    return new Observation(block, eligible, new int[0], new float[0], flags, new float[0]);
  }
}
