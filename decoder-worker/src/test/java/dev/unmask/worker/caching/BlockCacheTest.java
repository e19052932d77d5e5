package dev.unmask.worker.caching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unmask.worker.caching.session.CacheSession;
import dev.unmask.worker.caching.session.Shape;
import dev.unmask.worker.canvas.Block;
import dev.unmask.worker.rows.Mechanism;
import dev.unmask.worker.rows.RowPlan;
import dev.unmask.worker.rows.Window;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Blocks of 4 on a canvas of 16 with a prompt of 6. */
class BlockCacheTest {
  private static final int LENGTH = 16;
  private static final int PROMPT = 6;
  private static final Block PARTIAL = new Block(0, 4, 8);
  private static final Block NEXT = new Block(1, 8, 12);
  private static final Block LAST = new Block(2, 12, 16);

  @Test
  void plan_withoutAShift_storesAFinishedBlockWithTheNextBlocksFirstStep() {
    var session = open(0, false, false);

    step(session, PARTIAL, rows(0, 8), RowPlan.Scope.ELIGIBLE);
    step(session, PARTIAL, rows(4, 8), RowPlan.Scope.ELIGIBLE);
    assertThat(session.settled()).isEqualTo(4);
    step(session, NEXT, rows(4, 12), RowPlan.Scope.ELIGIBLE);
    step(session, NEXT, rows(8, 12), RowPlan.Scope.ELIGIBLE);
    step(session, LAST, rows(8, 16), RowPlan.Scope.ELIGIBLE);
    assertThat(session.settled()).isEqualTo(12);
  }

  @Test
  void plan_withAShift_storesItFirstBecauseItsLastRowTellsTheNextToken() {
    var session = open(1, false, false);

    step(session, PARTIAL, rows(0, 8), RowPlan.Scope.ELIGIBLE);
    step(session, NEXT, rows(4, 8), RowPlan.Scope.NEXT, 8);
    step(session, NEXT, rows(8, 12), RowPlan.Scope.ELIGIBLE, 8);
  }

  @Test
  void plan_original_storesByAStepOfItsOwn() {
    var session = open(0, true, false);

    step(session, PARTIAL, rows(0, 4), RowPlan.Scope.NEXT);
    step(session, PARTIAL, rows(4, 8), RowPlan.Scope.ELIGIBLE);
    step(session, NEXT, rows(4, 8), RowPlan.Scope.NEXT);
    step(session, NEXT, rows(8, 12), RowPlan.Scope.ELIGIBLE);
  }

  @Test
  void plan_foundPrefix_computesTheRest() {
    var session = open(0, false, false);
    session.found(4);

    step(session, PARTIAL, rows(4, 8), RowPlan.Scope.ELIGIBLE);
  }

  @Test
  void plan_foundWholePrompt_asksOnlyForTheRowThatTellsItsNextToken() {
    var session = open(1, false, false);
    session.found(8);

    step(session, NEXT, rows(7, 8), RowPlan.Scope.NEXT, 8);
    step(session, NEXT, rows(8, 12), RowPlan.Scope.ELIGIBLE, 8);
  }

  @Test
  void plan_withinBlock_computesTheDecodingBlockOnceTheWholeOneWasComputed() {
    var session = open(0, false, true);
    var left = new Block(0, 6, 7);
    var right = new Block(1, 7, 8);

    step(session, left, rows(0, 8), RowPlan.Scope.ELIGIBLE, 6);
    step(session, left, rows(6, 7), RowPlan.Scope.ELIGIBLE, 6);
    step(session, right, rows(4, 8), RowPlan.Scope.ELIGIBLE, 6, 7);
    step(session, right, rows(7, 8), RowPlan.Scope.ELIGIBLE, 6, 7);
  }

  @Test
  void plan_noCache_computesAllThatTheBlockSees() {
    var session = new NoCache().open(new Shape(LENGTH, PROMPT, 0, Window.BLOCK, causal(false)));

    step(session, PARTIAL, rows(0, 8), RowPlan.Scope.ELIGIBLE);
    step(session, NEXT, rows(0, 12), RowPlan.Scope.ELIGIBLE);
    step(session, LAST, rows(0, 16), RowPlan.Scope.ELIGIBLE);
    assertThat(session.settled()).isZero();
  }

  @Test
  void open_fullAttention_isRefused() {
    assertThatThrownBy(() -> new BlockCache(false).open(new Shape(LENGTH, PROMPT, 0, Window.BLOCK)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static CacheSession open(int shift, boolean storesApart, boolean withinBlock) {
    return new BlockCache(withinBlock)
        .open(new Shape(LENGTH, PROMPT, shift, Window.BLOCK, causal(storesApart)));
  }

  private static Optional<Shape.Causal> causal(boolean storesApart) {
    return Optional.of(new Shape.Causal(4, storesApart));
  }

  private static int[] rows(int from, int to) {
    return IntStream.range(from, to).toArray();
  }

  /** Plans a step, and makes it; afterwards some positions are known. */
  private static void step(
      CacheSession session, Block block, int[] rows, RowPlan.Scope scope, int... known) {
    var plan = session.plan(block);
    assertThat(plan.rows()).containsExactly(rows);
    assertThat(plan.scope()).isEqualTo(scope);
    assertThat(plan.mechanism()).isEqualTo(new Mechanism.BlockCausal(4));
    boolean[] generated = new boolean[LENGTH];
    IntStream.of(known).forEach(position -> generated[position - PROMPT] = true);
    session.observe(plan, Observations.of(block, generated));
  }
}
