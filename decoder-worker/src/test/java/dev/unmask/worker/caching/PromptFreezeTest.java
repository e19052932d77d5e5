package dev.unmask.worker.caching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.unmask.worker.caching.session.Shape;
import dev.unmask.worker.canvas.Block;
import dev.unmask.worker.rows.Mechanism;
import dev.unmask.worker.rows.RowPlan;
import dev.unmask.worker.rows.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows over steps of block caches with a frozen prompt: 4 positions, then blocks of 3. */
class PromptFreezeTest {
  private static final int PROMPT = 4;
  private static final int BLOCK = 3;

  @Test
  void plan_dual_leavesThePromptAsItWasStored() {
    assertThat(drawn(new DualCache(100), Window.BLOCK, 0, 0, 1, 1, 2, 2))
        .containsExactly(
            "RRRR RRR RRR RRR",
            "KKKK RRR KKK KKK",
            "KKKK RRR RRR RRR",
            "KKKK KKK RRR KKK",
            "KKKK RRR RRR RRR",
            "KKKK KKK KKK RRR");
  }

  @Test
  void plan_prefix_leavesThePromptAsItWasStored() {
    assertThat(drawn(new PrefixCache(100), Window.BLOCK, 0, 0, 1, 1, 2, 2))
        .containsExactly(
            "RRRR RRR RRR RRR",
            "KKKK RRR RRR RRR",
            "KKKK RRR RRR RRR",
            "KKKK KKK RRR RRR",
            "KKKK RRR RRR RRR",
            "KKKK KKK KKK RRR");
  }

  @Test
  void plan_sparse_blocksBeginWithTheResponseUntilTheyHaveRetained() {
    assertThat(drawn(new SparseDllm(.5, 3, 1, 100), Window.BLOCK, 0, 0, 0, 1, 1, 1))
        .containsExactly(
            "RRRR RRR RRR",
            "RRRR RRR RRR",
            "KKKK RRR KKK",
            "KKKK RRR RRR",
            "KKKK RRR RRR",
            "KKKK KKK RRR");
  }

  @Test
  void plan_sparseIntervalEndsWhileABlockBegins_theBlockIsNotDisturbed() {
    assertThat(drawn(new SparseDllm(.5, 3, 2, 3), Window.BLOCK, 0, 0, 0, 1, 1, 1, 1, 2))
        .containsExactly(
            "RRRR RRR RRR RRR",
            "RRRR RRR RRR RRR",
            "RRRR RRR RRR RRR",
            "KKKK RRR RRR RRR", // a step since the prompt was computed
            "KKKK RRR RRR RRR",
            "KKKK RRR RRR RRR", // three
            "KKKK KKK RRR KKK",
            "RRRR RRR RRR RRR");
  }

  @Test
  void plan_sparse_keepsTheCanvasBesideWhatItRetains() {
    assertThat(plans(new SparseDllm(.5, 3, 1, 100), shape(Window.WIDENED, 2), 0, 0, 0, 1, 1))
        .extracting(RowPlan::mechanism)
        .containsExactly(
            new Mechanism.Overwrite(false),
            new Mechanism.Retain(3, 7, 3, 3, true),
            new Mechanism.Retained(),
            new Mechanism.Overwrite(false),
            new Mechanism.Retain(6, 10, 3, 3, true));
  }

  @Test
  void plan_rowsSpeakForTheNextPosition_theResponseBeginsWithThePromptsLast() {
    assertThat(drawn(new DualCache(100), Window.WIDENED, 0, 0, 1, 1))
        .containsExactly("RRRR RRR RRR", "KKKR RRR KKK", "KKKR RRR RRR", "KKKK KKR RRR");
  }

  @Test
  void plan_intervalIsOver_theNextBlockComputesEverythingAgain() {
    assertThat(drawn(new DualCache(3), Window.BLOCK, 0, 0, 1, 1, 2, 2, 3))
        .containsExactly(
            "RRRR RRR RRR RRR RRR",
            "KKKK RRR KKK KKK KKK",
            "KKKK RRR RRR RRR RRR", // two steps since the prompt was computed
            "KKKK KKK RRR KKK KKK",
            "RRRR RRR RRR RRR RRR", // four
            "KKKK KKK KKK RRR KKK",
            "KKKK RRR RRR RRR RRR"); // two since step 4
  }

  @Test
  void plan_intervalEndsInsideABlock_theBlockIsNotDisturbed() {
    assertThat(drawn(new DualCache(2), Window.BLOCK, 0, 0, 0, 0, 1))
        .containsExactly(
            "RRRR RRR RRR", "KKKK RRR KKK", "KKKK RRR KKK", "KKKK RRR KKK", "RRRR RRR RRR");
  }

  @Test
  void plan_intervalIsJustOver_isAnIntervalOfThatManySteps() {
    int[] blocks = {0, 0, 1};
    assertThat(drawn(new DualCache(2), Window.BLOCK, blocks)).endsWith("RRRR RRR RRR");
    assertThat(drawn(new DualCache(3), Window.BLOCK, blocks)).endsWith("KKKK RRR RRR");
  }

  @Test
  void plan_blocksOfOneStep_areResponses() {
    assertThat(drawn(new PrefixCache(2), Window.BLOCK, 0, 1, 2, 3))
        .containsExactly(
            "RRRR RRR RRR RRR RRR",
            "KKKK RRR RRR RRR RRR",
            "RRRR RRR RRR RRR RRR",
            "KKKK RRR RRR RRR RRR");
  }

  @Test
  void plan_blocksThatAreSkipped_beginNothing() {
    assertThat(drawn(new DualCache(100), Window.BLOCK, 0, 2, 2))
        .containsExactly("RRRR RRR RRR RRR", "KKKK RRR RRR RRR", "KKKK KKK KKK RRR");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 7})
  void plan_anyInterval_everyStepOverwritesInPlace(int interval) {
    for (CachePolicy policy : List.of(new DualCache(interval), new PrefixCache(interval))) {
      for (var plan : plans(policy, shape(Window.BLOCK, 3), 0, 0, 1, 1, 1, 2)) {
        assertThat(plan.mechanism()).isEqualTo(new Mechanism.Overwrite(false));
        assertThat(plan.refresh()).isEqualTo(plan.rows().length == PROMPT + 3 * BLOCK);
        assertThat(plan.scope()).isEqualTo(RowPlan.Scope.ELIGIBLE);
      }
    }
  }

  @Test
  void plan_intervalOfOne_isThePublishedPolicy() {
    assertThat(new DualCache(1)).isEqualTo(new DualCache());
    int[] blocks = {0, 1, 1, 2, 2, 2, 3};
    for (var window : Window.values()) {
      assertThat(drawn(new DualCache(), window, blocks))
          .filteredOn(row -> !row.contains("K"))
          .hasSize(4);
      assertThat(drawn(new PrefixCache(), window, blocks))
          .filteredOn(row -> !row.contains("K"))
          .hasSize(4);
    }
  }

  @Test
  void plan_responseNotObserved_isPlannedAgain() {
    var session = new DualCache(100).open(shape(Window.BLOCK, 2));
    session.observe(session.plan(block(0)), Observations.of(block(0)));
    assertThat(session.plan(block(1)).rows()).hasSize(2 * BLOCK);
    assertThat(session.plan(block(1)).rows()).hasSize(2 * BLOCK);
  }

  @Test
  void plan_promptIsThePositionThatSpeaks_theResponseIsARefresh() {
    var shape = new Shape(1 + 2 * BLOCK, 1, 1, Window.WIDENED);
    var session = new DualCache(2).open(shape);
    var first = new Block(0, 1, 1 + BLOCK);
    session.observe(session.plan(first), Observations.of(first));
    var plan = session.plan(new Block(1, 1 + BLOCK, 1 + 2 * BLOCK));
    assertThat(plan.rows()).hasSize(shape.length());
    assertThat(plan.refresh()).isTrue();
  }

  @Test
  void new_intervalBelowOne_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new DualCache(0));
    assertThatIllegalArgumentException().isThrownBy(() -> new PrefixCache(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> new SparseDllm(.5, 3, 1, 0));
  }

  /** The rows of steps in these blocks: R computed, K stored. */
  private static List<String> drawn(CachePolicy policy, Window window, int... blocks) {
    int count = Math.max(IntStream.of(blocks).max().orElseThrow() + 1, 2);
    return plans(policy, shape(window, count), blocks).stream()
        .map(plan -> drawn(plan, PROMPT + count * BLOCK))
        .toList();
  }

  private static String drawn(RowPlan plan, int length) {
    var drawn = new StringBuilder("K".repeat(length));
    IntStream.of(plan.rows()).forEach(row -> drawn.setCharAt(row, 'R'));
    for (int end = length - BLOCK; end >= PROMPT; end -= BLOCK) {
      drawn.insert(end, ' ');
    }
    return drawn.toString();
  }

  private static List<RowPlan> plans(CachePolicy policy, Shape shape, int... blocks) {
    var session = policy.open(shape);
    var plans = new ArrayList<RowPlan>();
    for (int number : blocks) {
      var plan = session.plan(block(number));
      session.observe(plan, Observations.of(block(number)));
      plans.add(plan);
    }
    return plans;
  }

  private static Shape shape(Window window, int blocks) {
    int shift = window == Window.BLOCK ? 0 : 1;
    return new Shape(PROMPT + blocks * BLOCK, PROMPT, shift, window);
  }

  private static Block block(int number) {
    int start = PROMPT + number * BLOCK;
    return new Block(number, start, start + BLOCK);
  }
}
