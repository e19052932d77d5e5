package dev.unmask.worker.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.worker.engine.Cost;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchedulerTest {
  private static final Budgets BUDGETS = new Budgets(4096, 2048, 100_000, 1024);

  private final Scheduler<String> scheduler = new Scheduler<>(BUDGETS);

  private void add(String name, String model, Cost cost) {
    scheduler.add(name, new Claim("", Ticket.NO_DEADLINE, model, cost));
  }

  private void reuse(String name) {
    add(name, "model", new Cost(32, 512, 32, false));
  }

  private void refresh(String name, int rows) {
    add(name, "model", new Cost(rows, rows, 32, true));
  }

  @Test
  void choose_nothingWaits_isEmpty() {
    assertThat(scheduler.choose()).isEmpty();
  }

  @Test
  void choose_stepsOfManyRequests_shareOneForward() {
    for (int i = 0; i < 16; i++) {
      reuse("r" + i);
    }
    assertThat(scheduler.choose()).hasSize(16);
    assertThat(scheduler.waiting()).isZero();
  }

  @Test
  void choose_refreshesBeyondTheMeter_waitWhileReuseStepsGo() {
    for (int i = 0; i < 6; i++) {
      refresh("f" + i, 600);
    }
    for (int i = 0; i < 8; i++) {
      reuse("r" + i);
    }
    assertThat(scheduler.choose())
        .containsExactly("f0", "f1", "f2", "r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7");
    reuse("again");
    assertThat(scheduler.choose()).containsExactly("f3", "f4", "f5", "again");
  }

  @Test
  void choose_refreshLargerThanTheMeter_isTheOnlyOneAndTakesReuseStepsAlong() {
    reuse("r0");
    refresh("large", 9000);
    refresh("small", 10);
    reuse("r1");
    assertThat(scheduler.choose()).containsExactly("r0", "large", "r1");
    assertThat(scheduler.choose()).containsExactly("small");
  }

  @Test
  void choose_stepLargerThanABudget_goesOnceItIsFirst() {
    add("many keys", "model", new Cost(32, 1_000_000, 32, false));
    add("many scored", "model", new Cost(32, 32, 5000, false));
    add("many rows", "model", new Cost(10_000, 32, 32, false));
    reuse("r");
    assertThat(scheduler.choose()).containsExactly("many keys");
    assertThat(scheduler.choose()).containsExactly("many scored");
    assertThat(scheduler.choose()).containsExactly("many rows");
    assertThat(scheduler.choose()).containsExactly("r");
  }

  @Test
  void choose_eachBudgetUsedUp_leavesTheRestForLater() {
    add("first", "model", new Cost(4000, 60_000, 1000, false));
    add("rows", "model", new Cost(97, 1, 1, false));
    add("keys", "model", new Cost(1, 40_001, 1, false));
    add("scored", "model", new Cost(1, 1, 25, false));
    add("fits", "model", new Cost(96, 40_000, 24, false));
    assertThat(scheduler.choose()).containsExactly("first", "fits");
    assertThat(scheduler.choose()).containsExactly("rows", "keys", "scored");
  }

  @Test
  void choose_twoModels_aForwardIsOfOne() {
    add("a0", "a", new Cost(32, 32, 32, false));
    add("b0", "b", new Cost(32, 32, 32, false));
    add("a1", "a", new Cost(32, 32, 32, false));
    assertThat(scheduler.choose()).containsExactly("a0", "a1");
    assertThat(scheduler.choose()).containsExactly("b0");
  }

  @Test
  void withdraw_waitingStep_isNotChosen() {
    reuse("a");
    reuse("b");
    assertThat(scheduler.withdraw("a")).isTrue();
    assertThat(scheduler.choose()).containsExactly("b");
    assertThat(scheduler.withdraw("b")).isFalse();
  }

  @Test
  void choose_tenantsWithFewAndManyRequests_computeEquallyManyRows() {
    var small = new Scheduler<String>(new Budgets(4 * 32, 32, 1 << 20, 1024));
    var owners = new ArrayList<String>();
    for (int i = 0; i < 16; i++) {
      submit(small, (i < 12 ? "many" : "few") + " " + i);
    }
    for (int forward = 0; forward < 1000; forward++) {
      for (var step : small.choose()) {
        owners.add(tenant(step));
        submit(small, step);
      }
    }
    assertThat(owners).hasSize(4000);
    assertThat(owners).filteredOn("few"::equals).hasSizeBetween(1990, 2010);
  }

  @Test
  void choose_floodOfShortRequests_longOneMakesItsSteps() {
    var small = new Scheduler<String>(new Budgets(4 * 32, 32, 1 << 20, 1024));
    submit(small, "long 0");
    List<Integer> made = new ArrayList<>();
    for (int forward = 0; forward < 600; forward++) {
      for (int i = 0; i < 4; i++) {
        small.add("short " + (4 * forward + i), claim("flood", forward));
      }
      if (small.choose().contains("long 0")) {
        made.add(forward);
        submit(small, "long 0");
      }
    }
    assertThat(made).hasSize(600);
  }

  private static void submit(Scheduler<String> scheduler, String step) {
    scheduler.add(step, claim(tenant(step), Ticket.NO_DEADLINE));
  }

  private static String tenant(String step) {
    return step.substring(0, step.indexOf(' '));
  }

  private static Claim claim(String tenant, long deadline) {
    return new Claim(tenant, deadline, "model", new Cost(32, 512, 32, false));
  }
}
