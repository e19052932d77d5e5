package dev.unmask.worker.caching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.unmask.worker.caching.session.CacheSession;
import dev.unmask.worker.caching.session.Observation;
import dev.unmask.worker.caching.session.Shape;
import dev.unmask.worker.canvas.Block;
import dev.unmask.worker.rows.Mechanism;
import dev.unmask.worker.rows.RowPlan;
import dev.unmask.worker.rows.Window;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What d2Cache computes of a prompt of 4 and three blocks of 4 positions, over steps. */
class D2CacheTest {
  private static final int PROMPT = 4;
  private static final Block BLOCK = new Block(0, 4, 8);

  /** So wide that every density is the same, and scores are confidences. */
  private static final double FLAT = 4096;

  private static final float[] FIRST = {.5f, .9f, .1f, .2f, 0, 0, 0, 0, 0, 0, 0, 0};
  private static final float NONE = Float.NEGATIVE_INFINITY;

  @Test
  void plan_firstStep_isEverythingAndAsksForAllConfidences() {
    var plan = open(2, 0, 0, D2Cache.Mode.COMPATIBLE).plan(BLOCK);
    assertThat(plan.rows()).containsExactly(IntStream.range(0, 16).toArray());
    assertThat(plan.mechanism()).isEqualTo(new Mechanism.Overwrite(true));
    assertThat(plan.refresh()).isTrue();
    assertThat(plan.scope()).isEqualTo(RowPlan.Scope.COMPUTED);
  }

  @Test
  void plan_laterStep_isMasksJustCommittedAndMostAttended() {
    for (var mode : D2Cache.Mode.values()) {
      var session = open(2, 0, 0, mode);
      observe(session, FIRST, "____", 0, attending(2));
      var plan = session.plan(BLOCK);
      // Masks 1 and 3 of the response, what was committed at 0, and prompt position 2.
      assertThat(plan.rows()).containsExactly(2, 4, 5, 7);
      assertThat(plan.mechanism()).isEqualTo(new Mechanism.Overwrite(true));
      assertThat(plan.refresh()).isFalse();
    }
  }

  @Test
  void plan_laterConfidences_countInThePaperOnly() {
    for (var mode : D2Cache.Mode.values()) {
      var session = open(1, 0, 0, mode);
      observe(session, FIRST, "____", 3, attending(2));
      observe(session, only(.8f, .3f), "___#", 2, attending(2));
      int chosen = mode == D2Cache.Mode.PAPER ? 4 : 5;
      assertThat(session.plan(BLOCK).rows()).containsExactly(2, chosen, 6);
    }
  }

  @Test
  void plan_positionNotComputed_keepsItsConfidenceInThePaper() {
    var session = open(1, 0, 0, D2Cache.Mode.PAPER);
    observe(session, FIRST, "____", 3, attending(2));
    observe(session, only(.8f, NONE), "___#", 2, attending(2));
    assertThat(session.plan(BLOCK).rows()).containsExactly(2, 5, 6);
  }

  /** Confidences of the first positions, none of the others. */
  private static float[] only(float... first) {
    float[] confidences = Arrays.copyOf(first, 12);
    Arrays.fill(confidences, first.length, 12, NONE);
    return confidences;
  }

  @Test
  void plan_laterScope_isAllComputedInThePaperOnly() {
    for (var mode : D2Cache.Mode.values()) {
      var session = open(2, 0, 0, mode);
      observe(session, FIRST, "____", 0, attending(2));
      assertThat(session.plan(BLOCK).scope())
          .isEqualTo(mode == D2Cache.Mode.PAPER ? RowPlan.Scope.COMPUTED : RowPlan.Scope.ELIGIBLE);
    }
  }

  @Test
  void plan_narrowDensity_prefersMasksNearKnownTokens() {
    float[] even = new float[12];
    Arrays.fill(even, .5f);
    var session = new D2Cache(0, 1, .5, 0, D2Cache.Mode.PAPER).open(shape(0));
    observe(session, even, "#___", 2, attending(2));
    // Mask 1 has two known neighbours, mask 3 one.
    assertThat(session.plan(BLOCK).rows()).containsExactly(2, 5, 6);
  }

  @Test
  void plan_inflation_fillsShortGaps() {
    var narrow = open(2, 0, 1, D2Cache.Mode.COMPATIBLE);
    observe(narrow, FIRST, "____", 0, attending(2));
    assertThat(narrow.plan(BLOCK).rows()).containsExactly(2, 4, 5, 7);
    var wide = open(2, 0, 2, D2Cache.Mode.COMPATIBLE);
    observe(wide, FIRST, "____", 0, attending(2));
    assertThat(wide.plan(BLOCK).rows()).containsExactly(2, 3, 4, 5, 6, 7);
  }

  @Test
  void plan_shiftedPredictions_computesTheLeftNeighbours() {
    for (var mode : D2Cache.Mode.values()) {
      var session = open(2, 1, 0, mode);
      observe(session, FIRST, "____", 3, attending(1));
      // Masks 0 and 1 are spoken for by 3 and 4; what was committed stays where it is.
      assertThat(session.plan(BLOCK).rows()).containsExactly(1, 3, 4, 7);
    }
  }

  @Test
  void plan_lastPromptPositionAttendedTo_isDroppedInTheCodeOnly() {
    for (var mode : D2Cache.Mode.values()) {
      var session = open(2, 1, 0, mode);
      observe(session, FIRST, "____", 0, attending(3));
      // Masks 1 and 3 are spoken for by 4 and 6; 3 speaks for the committed position 0.
      int[] expected = mode == D2Cache.Mode.PAPER ? new int[] {3, 4, 6} : new int[] {4, 6};
      assertThat(session.plan(BLOCK).rows()).containsExactly(expected);
    }
  }

  @Test
  void new_outOfRange_isRefused() {
    var mode = D2Cache.Mode.PAPER;
    assertThatIllegalArgumentException().isThrownBy(() -> new D2Cache(-.1, 1, 1, 0, mode));
    assertThatIllegalArgumentException().isThrownBy(() -> new D2Cache(1.1, 1, 1, 0, mode));
    assertThatIllegalArgumentException().isThrownBy(() -> new D2Cache(Double.NaN, 1, 1, 0, mode));
    assertThatIllegalArgumentException().isThrownBy(() -> new D2Cache(.1, 0, 1, 0, mode));
    assertThatIllegalArgumentException().isThrownBy(() -> new D2Cache(.1, 1, 0, 0, mode));
    assertThatIllegalArgumentException().isThrownBy(() -> new D2Cache(.1, 1, 1, -1, mode));
  }

  private static CacheSession open(int k, int shift, int inflation, D2Cache.Mode mode) {
    return new D2Cache(0, k, FLAT, inflation, mode).open(shape(shift));
  }

  private static Shape shape(int shift) {
    return new Shape(16, PROMPT, shift, shift == 0 ? Window.BLOCK : Window.SHIFTED);
  }

  private static float[] attending(int most) {
    float[] importance = new float[16];
    Arrays.fill(importance, .01f);
    importance[most] = 1;
    return importance;
  }

  /** Tells of a step that committed one position of the block, of which some were known (#). */
  private static void observe(
      CacheSession session, float[] confidences, String before, int committed, float[] importance) {
    int[] eligible =
        IntStream.range(0, before.length())
            .filter(i -> before.charAt(i) == '_')
            .map(i -> PROMPT + i)
            .toArray();
    boolean[] known = new boolean[12];
    for (int i = 0; i < before.length(); i++) {
      known[i] = before.charAt(i) == '#' || i == committed;
    }
    int[] commits = {PROMPT + committed};
    session.observe(
        session.plan(BLOCK),
        new Observation(BLOCK, eligible, commits, confidences, known, importance));
  }
}
