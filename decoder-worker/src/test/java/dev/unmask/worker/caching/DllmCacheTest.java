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
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DllmCacheTest {
  private static final int PROMPT = 6;
  private static final Shape SHAPE = new Shape(16, PROMPT, 0, Window.BLOCK);
  private static final Block FIRST = new Block(0, 6, 11);
  private static final Block SECOND = new Block(1, 11, 16);

  @Test
  void plan_intervals_refreshPromptAndResponseAtTheirOwn() {
    var none = OptionalInt.empty();
    var some = OptionalInt.of(2);
    assertThat(mechanisms(new DllmCache(4, 2, .25), 6))
        .containsExactly(
            new Mechanism.LayerRefresh(PROMPT, true, true, none),
            new Mechanism.LayerRefresh(PROMPT, false, false, some),
            new Mechanism.LayerRefresh(PROMPT, false, true, none),
            new Mechanism.LayerRefresh(PROMPT, false, false, some),
            new Mechanism.LayerRefresh(PROMPT, true, true, none),
            new Mechanism.LayerRefresh(PROMPT, false, false, some));
  }

  @Test
  void plan_promptIsDueAlone_theResponseIsNotRefreshed() {
    assertThat(mechanisms(new DllmCache(2, 3, .5), 3).get(2))
        .isEqualTo(new Mechanism.LayerRefresh(PROMPT, true, false, OptionalInt.of(5)));
  }

  @Test
  void plan_shareOfNone_looksAtNothing() {
    assertThat(mechanisms(new DllmCache(8, 8, 0), 2).get(1))
        .isEqualTo(new Mechanism.LayerRefresh(PROMPT, false, false, OptionalInt.empty()));
  }

  @Test
  void plan_shareBelowOnePosition_looksAtAllAndTakesNone() {
    assertThat(mechanisms(new DllmCache(8, 8, .05), 2).get(1))
        .isEqualTo(new Mechanism.LayerRefresh(PROMPT, false, false, OptionalInt.of(0)));
  }

  @Test
  void plan_anyIntervals_theFirstStepIsFull() {
    for (int kp = 1; kp < 20; kp++) {
      for (int kr = 1; kr < 20; kr++) {
        assertThat(mechanisms(new DllmCache(kp, kr, .25), 1))
            .containsExactly(new Mechanism.LayerRefresh(PROMPT, true, true, OptionalInt.empty()));
      }
    }
  }

  @Test
  void plan_everyStep_isOfTheWholeCanvas() {
    var plan = new DllmCache(4, 2, .25).open(SHAPE).plan(FIRST);
    assertThat(plan.rows()).containsExactly(IntStream.range(0, 16).toArray());
    assertThat(plan.refresh()).isTrue();
    assertThat(plan.scope()).isEqualTo(RowPlan.Scope.ELIGIBLE);
  }

  @Test
  void plan_nextBlock_goesOnCounting() {
    var session = new DllmCache(4, 2, .25).open(SHAPE);
    session.observe(session.plan(FIRST), Observations.of(FIRST));
    assertThat(session.plan(SECOND).mechanism())
        .isEqualTo(new Mechanism.LayerRefresh(PROMPT, false, false, OptionalInt.of(2)));
  }

  @Test
  void new_outOfRange_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new DllmCache(0, 1, .25));
    assertThatIllegalArgumentException().isThrownBy(() -> new DllmCache(1, 0, .25));
    assertThatIllegalArgumentException().isThrownBy(() -> new DllmCache(1, 1, -.1));
    assertThatIllegalArgumentException().isThrownBy(() -> new DllmCache(1, 1, 1.1));
    assertThatIllegalArgumentException().isThrownBy(() -> new DllmCache(1, 1, Double.NaN));
  }

  private static List<Mechanism> mechanisms(DllmCache cache, int steps) {
    var session = cache.open(SHAPE);
    var mechanisms = new ArrayList<Mechanism>();
    for (int step = 0; step < steps; step++) {
      var plan = session.plan(FIRST);
      mechanisms.add(plan.mechanism());
      session.observe(plan, Observations.of(FIRST));
    }
    return mechanisms;
  }
}
