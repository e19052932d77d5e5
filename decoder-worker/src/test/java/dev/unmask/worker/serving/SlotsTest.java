package dev.unmask.worker.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.unmask.contract.Limits;
import dev.unmask.contract.Problem;
import dev.unmask.contract.ProblemException;
import dev.unmask.worker.engine.KvPool;
import dev.unmask.worker.scheduling.Demand;
import dev.unmask.worker.scheduling.Ticket;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class SlotsTest {
  private final KvPool pool = new KvPool(96);
  private final Slots slots = new Slots(2);

  private Demand small() {
    return new Demand("tenant", Ticket.NO_DEADLINE, pool, 32);
  }

  private Thread waiter() {
    return Thread.ofVirtual()
        .start(() -> {
          try (var _ = slots.take(small())) {
            assertThat(slots.running()).isLessThanOrEqualTo(2);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  @Test
  void take_freeSlots_countsThem() throws Exception {
    try (var _ = slots.take(small())) {
      assertThat(slots.running()).isEqualTo(1);
      assertThat(slots.waiting()).isZero();
    }
    assertThat(slots.running()).isZero();
  }

  @Test
  void take_fullLine_isRefusedAtOnce() throws Exception {
    var waiters = new ArrayList<Thread>();
    try (var _ = slots.take(small());
        var _ = slots.take(small())) {
      for (int i = 0; i < Limits.WAITING_REQUESTS; i++) {
        waiters.add(waiter());
      }
      await().until(() -> slots.waiting() == Limits.WAITING_REQUESTS);
      assertThatThrownBy(() -> slots.take(small()))
          .isInstanceOfSatisfying(
              ProblemException.class,
              e -> assertThat(e.problem()).isInstanceOf(Problem.Exhausted.class));
    }
    for (var waiter : waiters) {
      waiter.join();
    }
    assertThat(slots.running()).isZero();
  }

  @Test
  void take_cancelledWhileWaiting_leavesTheLine() throws Exception {
    try (var _ = slots.take(small());
        var _ = slots.take(small())) {
      var waiter = waiter();
      await().until(() -> slots.waiting() == 1);
      waiter.interrupt();
      waiter.join();
      assertThat(slots.waiting()).isZero();
      assertThat(slots.running()).isEqualTo(2);
    }
  }

  @Test
  void take_moreThanThePool_isRefusedNamingTheBound() {
    var large = new Demand("tenant", Ticket.NO_DEADLINE, pool, 97);
    assertThatThrownBy(() -> slots.take(large))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.problem()).isInstanceOf(Problem.BadRequest.class);
              assertThat(e.problem().message()).contains("prompt").contains("97").contains("96");
            });
    assertThat(slots.waiting()).isZero();
  }

  @Test
  void close_ofTheLastSlot_givesAllMemoryBack() throws Exception {
    try (var slot = slots.take(small());
        var other = slots.take(small())) {
      assertThat(pool.used()).isEqualTo(64);
      assertThat(slot.run()).isNotEqualTo(other.run());
    }
    assertThat(pool.used()).isZero();
  }

  @Test
  void take_cancelledFirstInLine_letsThoseBehindIn() throws Exception {
    var large = new Demand("tenant", Ticket.NO_DEADLINE, pool, 96);
    try (var _ = slots.take(small())) {
      var first =
          Thread.ofVirtual()
              .start(() ->
                  assertThatThrownBy(() -> slots.take(large))
                      .isInstanceOf(InterruptedException.class));
      await().until(() -> slots.waiting() == 1);
      var second = waiter();
      await().until(() -> slots.waiting() == 2);
      first.interrupt();
      first.join();
      second.join();
    }
    assertThat(slots.running()).isZero();
    assertThat(pool.used()).isZero();
  }
}
