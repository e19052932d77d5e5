package dev.unmask.worker.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.unmask.contract.Limits;
import dev.unmask.contract.Problem;
import dev.unmask.contract.ProblemException;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class SlotsTest {
  private final Slots slots = new Slots(2);

  private Thread waiter() {
    return Thread.ofVirtual()
        .start(() -> {
          try (var _ = slots.take()) {
            assertThat(slots.running()).isLessThanOrEqualTo(2);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  @Test
  void take_freeSlots_countsThem() throws Exception {
    try (var _ = slots.take()) {
      assertThat(slots.running()).isEqualTo(1);
      assertThat(slots.waiting()).isZero();
    }
    assertThat(slots.running()).isZero();
  }

  @Test
  void take_fullLine_isRefusedAtOnce() throws Exception {
    var waiters = new ArrayList<Thread>();
    try (var _ = slots.take();
        var _ = slots.take()) {
      for (int i = 0; i < Limits.WAITING_REQUESTS; i++) {
        waiters.add(waiter());
      }
      await().until(() -> slots.waiting() == Limits.WAITING_REQUESTS);
      assertThatThrownBy(slots::take)
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
    try (var _ = slots.take();
        var _ = slots.take()) {
      var waiter = waiter();
      await().until(() -> slots.waiting() == 1);
      waiter.interrupt();
      waiter.join();
      assertThat(slots.waiting()).isZero();
      assertThat(slots.running()).isEqualTo(2);
    }
  }
}
