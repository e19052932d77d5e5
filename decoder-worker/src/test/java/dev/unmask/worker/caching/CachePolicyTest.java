package dev.unmask.worker.caching;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.worker.caching.session.CacheSession;
import dev.unmask.worker.caching.session.Shape;
import dev.unmask.worker.canvas.Block;
import dev.unmask.worker.rows.Mechanism;
import dev.unmask.worker.rows.Window;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CachePolicyTest {
  private static final Block FIRST = new Block(0, 4, 8);
  private static final Block SECOND = new Block(1, 8, 12);

  @Test
  void plan_noCache_everyStepIsAFreshRefresh() {
    var session = open(new NoCache(), Window.BLOCK);
    session.observe(session.plan(FIRST), Observations.of(FIRST));

    var plan = session.plan(FIRST);
    assertThat(plan.rows()).containsExactly(IntStream.range(0, 12).toArray());
    assertThat(plan.refresh()).isTrue();
    assertThat(plan.mechanism()).isEqualTo(new Mechanism.Fresh());
  }

  @Test
  void plan_firstStepOfABlock_refreshesAndKeeps() {
    for (CachePolicy policy : new CachePolicy[] {new PrefixCache(), new DualCache()}) {
      var session = open(policy, Window.BLOCK);
      session.observe(session.plan(FIRST), Observations.of(FIRST));

      assertThat(session.plan(FIRST).refresh()).isFalse();
      assertThat(session.plan(SECOND).refresh()).isTrue();
      assertThat(session.plan(SECOND).mechanism()).isEqualTo(new Mechanism.Overwrite(false));
    }
  }

  @Test
  void plan_refreshNotObserved_isPlannedAgain() {
    var session = open(new DualCache(), Window.BLOCK);
    session.plan(FIRST);

    assertThat(session.plan(FIRST).refresh()).isTrue();
  }

  @Test
  void plan_prefixLater_isTheBlockAndEverythingRight() {
    assertThat(later(new PrefixCache(), Window.BLOCK)).containsExactly(4, 5, 6, 7, 8, 9, 10, 11);
    assertThat(later(new PrefixCache(), Window.SHIFTED)).containsExactly(3, 4, 5, 6, 7, 8, 9, 10);
    assertThat(later(new PrefixCache(), Window.WIDENED)).startsWith(3).endsWith(11).hasSize(9);
  }

  @Test
  void plan_dualLater_isTheBlock() {
    assertThat(later(new DualCache(), Window.BLOCK)).containsExactly(4, 5, 6, 7);
    assertThat(later(new DualCache(), Window.SHIFTED)).containsExactly(3, 4, 5, 6);
    assertThat(later(new DualCache(), Window.WIDENED)).containsExactly(3, 4, 5, 6, 7);
  }

  private static CacheSession open(CachePolicy policy, Window window) {
    return policy.open(new Shape(12, 4, 0, window));
  }

  private static int[] later(CachePolicy policy, Window window) {
    var session = open(policy, window);
    session.observe(session.plan(FIRST), Observations.of(FIRST));
    return session.plan(FIRST).rows();
  }
}
