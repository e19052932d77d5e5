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
import org.junit.jupiter.api.Test;

class SparseDllmTest {
  private static final Block FIRST = new Block(0, 6, 11);
  private static final Block SECOND = new Block(1, 11, 16);

  @Test
  void plan_delayOfOne_freshThenRetainThenTheBlock() {
    var plans = plans(new SparseDllm(.5, 3, 1), Window.BLOCK, FIRST, FIRST, FIRST, FIRST);
    assertThat(plans)
        .extracting(RowPlan::mechanism)
        .containsExactly(
            new Mechanism.Fresh(),
            new Mechanism.Retain(6, 11, 5, 3),
            new Mechanism.Retained(),
            new Mechanism.Retained());
    assertThat(plans).extracting(RowPlan::refresh).containsExactly(true, true, false, false);
    assertThat(plans.get(1).rows()).hasSize(16);
    assertThat(plans.get(2).rows()).containsExactly(6, 7, 8, 9, 10);
  }

  @Test
  void plan_noDelay_retainsAtOnce() {
    assertThat(plans(new SparseDllm(1, 1, 0), Window.BLOCK, FIRST, FIRST))
        .extracting(RowPlan::mechanism)
        .containsExactly(new Mechanism.Retain(6, 11, 11, 1), new Mechanism.Retained());
  }

  @Test
  void plan_nextBlock_beginsAgain() {
    assertThat(plans(new SparseDllm(.5, 3, 1), Window.BLOCK, FIRST, FIRST, FIRST, SECOND, SECOND))
        .extracting(RowPlan::mechanism)
        .endsWith(new Mechanism.Fresh(), new Mechanism.Retain(11, 16, 5, 3));
  }

  @Test
  void plan_delayOfSeveral_waitsThatLong() {
    assertThat(plans(new SparseDllm(.5, 3, 2), Window.BLOCK, FIRST, FIRST, FIRST))
        .extracting(RowPlan::mechanism)
        .containsExactly(
            new Mechanism.Fresh(), new Mechanism.Fresh(), new Mechanism.Retain(6, 11, 5, 3));
  }

  @Test
  void plan_widenedWindow_countsTheNeighbourToTheSpan() {
    var plans = plans(new SparseDllm(.5, 3, 0), Window.WIDENED, SECOND, SECOND);
    assertThat(plans.get(0).mechanism()).isEqualTo(new Mechanism.Retain(10, 16, 5, 3));
    assertThat(plans.get(1).rows()).containsExactly(10, 11, 12, 13, 14, 15);
  }

  @Test
  void new_outOfRange_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new SparseDllm(0, 3, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new SparseDllm(1.1, 3, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new SparseDllm(Double.NaN, 3, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new SparseDllm(.5, 0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new SparseDllm(.5, 3, -1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SparseDllm(.5, 4, 1))
        .withMessageContaining("even");
  }

  /** Plans of steps of these blocks, one after the other. */
  private static List<RowPlan> plans(SparseDllm cache, Window window, Block... blocks) {
    var session = cache.open(new Shape(16, 6, window == Window.BLOCK ? 0 : 1, window));
    var plans = new ArrayList<RowPlan>();
    for (var block : blocks) {
      var plan = session.plan(block);
      plans.add(plan);
      session.observe(plan, Observations.of(block));
    }
    return plans;
  }
}
