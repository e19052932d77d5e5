package dev.unmask.worker.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unmask.contract.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FairQueueTest {
  private static final int PATIENCE = 8;

  private FairQueue<String> queue = new FairQueue<>(PATIENCE);

  private void add(String what, String tenant, long deadline, long charge) {
    queue.add(what, new Ticket(tenant, deadline, charge));
  }

  private void add(String what, String tenant) {
    add(what, tenant, Ticket.NO_DEADLINE, 1);
  }

  private List<String> takeOne() {
    var taken = new ArrayList<String>();
    return queue.take(what -> taken.isEmpty() && taken.add(what));
  }

  private List<String> takeOneEach(int rounds) {
    return IntStream.range(0, rounds).boxed().flatMap(_ -> takeOne().stream()).toList();
  }

  @Test
  void take_oneTenant_earliestDeadlineFirstThenAsTheyCame() {
    add("none", "a");
    add("late", "a", 20, 1);
    add("early", "a", 10, 1);
    add("early too", "a", 10, 1);
    add("none too", "a");
    assertThat(queue.take(_ -> true))
        .containsExactly("early", "early too", "late", "none", "none too");
    assertThat(queue.size()).isZero();
  }

  @Test
  void take_twoTenants_alternateHoweverManyOneHas() {
    for (int i = 0; i < 6; i++) {
      add("a" + i, "a");
    }
    add("b0", "");
    add("b1", "");
    assertThat(takeOneEach(5)).containsExactly("a0", "b0", "a1", "b1", "a2");
  }

  @Test
  void take_differentCharges_sharesAreOfCharges() {
    queue = new FairQueue<>(1000);
    for (int i = 0; i < 40; i++) {
      add("dear" + i, "a", Ticket.NO_DEADLINE, 30);
      add("cheap" + i, "b", Ticket.NO_DEADLINE, 10);
    }
    assertThat(takeOneEach(40)).filteredOn(what -> what.startsWith("cheap")).hasSize(30);
  }

  @Test
  void take_tenantThatWasIdle_hasSavedUpNoCredit() {
    queue = new FairQueue<>(1000);
    add("b", "b");
    for (int i = 0; i < 100; i++) {
      add("a" + i, "a");
    }
    takeOneEach(60);
    for (int i = 0; i < 5; i++) {
      add("b" + i, "b");
    }
    assertThat(takeOneEach(10)).filteredOn(what -> what.startsWith("b")).hasSize(5);
  }

  @Test
  void take_passedOverByEarlierDeadlines_leadsAfterPatience() {
    add("patient", "a");
    for (int i = 0; i < PATIENCE; i++) {
      add("hurried" + i, "a", i, 1);
    }
    assertThat(takeOneEach(PATIENCE)).doesNotContain("patient");
    add("hurried too", "a", 0, 1);
    assertThat(takeOne()).containsExactly("patient");
  }

  @Test
  void take_afterALeader_sharesHaveTheirTurn() {
    for (int i = 0; i < PATIENCE; i++) {
      add("patient" + i, "a");
    }
    for (int i = 0; i < 2 * PATIENCE; i++) {
      add("hurried" + i, "a", i, 1);
    }
    takeOneEach(PATIENCE);
    assertThat(takeOneEach(4)).containsExactly("patient0", "hurried8", "patient1", "hurried9");
  }

  @Test
  void take_leaderNotTaken_keepsLeading() {
    add("large", "a");
    for (int i = 0; i < PATIENCE; i++) {
      add("small" + i, "a", i, 1);
    }
    takeOneEach(PATIENCE);
    add("next", "a", 0, 1);
    add("next but one", "a", 1, 1);
    var offered = new ArrayList<String>();
    queue.take(what -> offered.add(what) && what.equals("next"));
    queue.take(what -> offered.add(what) && what.equals("next but one"));
    assertThat(offered).containsExactly("large", "next", "next but one", "large", "next but one");
  }

  @Test
  void remove_ofWhatWaits_isGone() {
    add("a", "a");
    assertThat(queue.remove("a")).isTrue();
    assertThat(queue.remove("a")).isFalse();
    assertThat(queue.take(_ -> true)).isEmpty();
  }

  @Test
  void add_twice_isABug() {
    add("a", "a");
    assertThatThrownBy(() -> add("a", "b")).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void add_manyTenants_remembersBoundedlyMany() {
    add("waiting", "first");
    for (int i = 0; i < 3 * Limits.SCHEDULED_TENANTS; i++) {
      var what = "x" + i;
      add(what, what);
      assertThat(queue.take(what::equals)).containsExactly(what);
      assertThat(queue.tenants()).isLessThanOrEqualTo(Limits.SCHEDULED_TENANTS);
    }
    assertThat(queue.take(_ -> true)).containsExactly("waiting");
  }
}
