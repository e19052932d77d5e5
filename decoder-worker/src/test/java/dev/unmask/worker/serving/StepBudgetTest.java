package dev.unmask.worker.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StepBudgetTest {
  private static final long MILLI = 1_000_000;

  private final AtomicLong clock = new AtomicLong();

  private StepBudget budget(long endMillis, long usualMillis) {
    return new StepBudget(endMillis * MILLI, clock::get, () -> Duration.ofMillis(usualMillis));
  }

  private int stepped(StepBudget budget, long afterMillis) {
    clock.addAndGet(afterMillis * MILLI);
    return budget.stepped();
  }

  @Test
  void stepped_firstStep_countsByTheWorkersMeasure() {
    assertThat(stepped(budget(1_000, 20), 100)).isEqualTo(1 + 900 / 20);
  }

  @Test
  void stepped_ownSteps_weighMoreAndMore() {
    var budget = budget(1_000, 20);
    stepped(budget, 0);
    // One of 40 ms beside four of 20: 24 ms.
    assertThat(stepped(budget, 40)).isEqualTo(1 + 960 / 24);
    // Two of 40 ms: 26.7 ms.
    assertThat(stepped(budget, 40)).isEqualTo(1 + (int) (920 / (160 / 6.)));
  }

  @Test
  void stepped_slowerLately_countsTheLatest() {
    var budget = budget(10_000, 10);
    for (int i = 0; i < 40; i++) {
      stepped(budget, 10);
    }
    int left = 0;
    for (int i = 0; i < 8; i++) {
      left = stepped(budget, 100);
    }
    assertThat(left).isEqualTo(1 + (10_000 - 400 - 800) / 100);
  }

  @Test
  void stepped_timeOver_isThisOne() {
    assertThat(stepped(budget(50, 10), 60)).isEqualTo(1);
  }

  @Test
  void stepped_nothingMeasured_isAsManyAsYouLike() {
    assertThat(stepped(budget(1_000, 0), 10)).isGreaterThan(1_000_000);
  }
}
