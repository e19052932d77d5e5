package dev.unmask.worker.rows;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RowPlanTest {
  private static final Mechanism OVERWRITE = new Mechanism.Overwrite(false);

  @Test
  void all_anyMechanism_isARefreshOfEveryRow() {
    var plan = RowPlan.all(4, OVERWRITE);
    assertThat(plan.rows()).containsExactly(0, 1, 2, 3);
    assertThat(plan.refresh()).isTrue();
    assertThat(plan.scope()).isEqualTo(RowPlan.Scope.ELIGIBLE);
    assertThat(RowPlan.all(4, OVERWRITE, RowPlan.Scope.COMPUTED).scope())
        .isEqualTo(RowPlan.Scope.COMPUTED);
  }

  @Test
  void including_rowsTwiceOrUnordered_areOnceAndRising() {
    var plan = RowPlan.some(new int[] {2, 5}, OVERWRITE).including(new int[] {7, 5, 1, 7});
    assertThat(plan.rows()).containsExactly(1, 2, 5, 7);
    assertThat(plan.refresh()).isFalse();
    assertThat(plan.mechanism()).isEqualTo(OVERWRITE);
  }

  @Test
  void with_otherMechanism_keepsTheRest() {
    var plan = RowPlan.all(3, OVERWRITE, RowPlan.Scope.COMPUTED).with(new Mechanism.Shadow(1, 3));
    assertThat(plan.rows()).containsExactly(0, 1, 2);
    assertThat(plan.mechanism()).isEqualTo(new Mechanism.Shadow(1, 3));
    assertThat(plan.refresh()).isTrue();
    assertThat(plan.scope()).isEqualTo(RowPlan.Scope.COMPUTED);
  }

  @Test
  void rows_ofEachWindow_areTheBlocksOrTheirLeftNeighbours() {
    assertThat(Window.BLOCK.rows(4, 8)).containsExactly(4, 5, 6, 7);
    assertThat(Window.SHIFTED.rows(4, 8)).containsExactly(3, 4, 5, 6);
    assertThat(Window.WIDENED.rows(4, 8)).containsExactly(3, 4, 5, 6, 7);
  }
}
