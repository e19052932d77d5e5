package dev.unmask.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.contract.Limits;
import org.junit.jupiter.api.Test;

class ReopenBudgetTest {
  private final ReopenBudget budget = new ReopenBudget();

  @Test
  void spend_aWholeBurst_isGrantedAndNoMore() {
    assertThat(granted()).isEqualTo(Limits.REOPENED_BURST);
  }

  @Test
  void spend_onceEmpty_isGrantedForOneInSoManyRequests() {
    var _ = granted();
    for (int i = 1; i < Limits.REOPENED_ONE_IN; i++) {
      budget.earn();
      assertThat(budget.spend()).isFalse();
    }
    budget.earn();
    assertThat(budget.spend()).isTrue();
    assertThat(budget.spend()).isFalse();
  }

  @Test
  void earn_whileFull_savesNothingUp() {
    for (int i = 0; i < 1_000; i++) {
      budget.earn();
    }
    assertThat(granted()).isEqualTo(Limits.REOPENED_BURST);
  }

  /** Spends all there is. */
  private int granted() {
    int granted = 0;
    while (budget.spend()) {
      granted++;
    }
    return granted;
  }
}
