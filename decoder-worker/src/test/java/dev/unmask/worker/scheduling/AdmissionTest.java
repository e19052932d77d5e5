package dev.unmask.worker.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unmask.contract.Limits;
import dev.unmask.worker.engine.KvPool;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdmissionTest {
  private static final int CAPACITY = 320;

  private final KvPool pool = new KvPool(CAPACITY);
  private final Admission<String> admission = new Admission<>(4);

  private void add(String request, String tenant, int positions) {
    admission.add(request, new Demand(tenant, Ticket.NO_DEADLINE, pool, positions));
  }

  private List<String> admit() {
    return names(admission.admit());
  }

  private static List<String> names(List<Admission.Admitted<String>> admitted) {
    return admitted.stream().map(Admission.Admitted::request).toList();
  }

  @Test
  void admit_freeSlotsAndMemory_letsInAsTheyCame() {
    IntStream.range(0, 6).forEach(i -> add("r" + i, "a", 32));
    assertThat(admit()).containsExactly("r0", "r1", "r2", "r3");
    assertThat(admission.running()).isEqualTo(4);
    assertThat(admission.waiting()).isEqualTo(2);
    assertThat(pool.used()).isEqualTo(4 * 32);
    assertThat(admit()).isEmpty();
  }

  @Test
  void admit_largeOneFirst_keepsSmallOnesBehindIt() {
    add("running", "a", 64);
    var running = admission.admit().getFirst();
    add("large", "a", 288);
    add("small", "a", 32);
    assertThat(admit()).isEmpty();
    admission.leave(running);
    assertThat(admit()).containsExactly("large", "small");
  }

  @Test
  void admit_otherModelsMemory_isNotHeldUp() {
    add("running", "a", 64);
    admission.admit();
    add("large", "a", 288);
    admission.add("other", new Demand("a", Ticket.NO_DEADLINE, new KvPool(32), 32));
    assertThat(admit()).containsExactly("other");
  }

  @Test
  void admit_earlierDeadline_comesFirst() {
    admission.add("late", new Demand("a", 20, pool, 320));
    admission.add("early", new Demand("a", 10, pool, 320));
    assertThat(admit()).containsExactly("early");
  }

  @Test
  void admit_floodOfOneTenant_anotherGetsEverySecondPlace() {
    IntStream.range(0, 40).forEach(i -> add("flood " + i, "flood", 32));
    IntStream.range(0, 3).forEach(i -> add("few " + i, "few", 32));
    var order = new ArrayList<String>();
    for (var running = admission.admit(); order.size() < 6; running = admission.admit()) {
      order.addAll(names(running));
      running.forEach(admission::leave);
    }
    assertThat(order)
        .startsWith("flood 0", "few 0", "flood 1", "few 1", "flood 2", "few 2", "flood 3");
  }

  @Test
  void withdraw_firstInLine_letsTheOthersBy() {
    add("running", "a", 64);
    admission.admit();
    add("large", "a", 288);
    add("small", "a", 32);
    assertThat(admission.withdraw("large")).isTrue();
    assertThat(admit()).containsExactly("small");
  }

  @Test
  void admit_idleMemory_isAsGoodAsFree() {
    pool.retainAtMost(CAPACITY, 8);
    add("before", "a", 160);
    var before = admission.admit().getFirst();
    assertThat(pool.retain(before.run(), 160, _ -> {})).isPresent();
    admission.leave(before);
    assertThat(pool.retained()).isEqualTo(160);
    add("large", "a", CAPACITY);
    add("small", "a", 32);
    assertThat(admit()).containsExactly("large");
    assertThat(pool.retained()).isZero();
  }

  @Test
  void admit_largeOneThatWaits_leavesIdleMemoryAndKeepsItFromOthers() {
    pool.retainAtMost(CAPACITY, 8);
    add("before", "a", 160);
    add("running", "a", 64);
    var both = admission.admit();
    assertThat(pool.retain(both.getFirst().run(), 160, _ -> {})).isPresent();
    admission.leave(both.getFirst());
    add("large", "a", 288);
    add("small", "a", 32);
    assertThat(admit()).isEmpty();
    assertThat(pool.retained()).isEqualTo(160);
    admission.leave(both.getLast());
    assertThat(admit()).containsExactly("large", "small");
  }

  @Test
  void add_whatNeverFits_isRefused() {
    assertThatThrownBy(() -> add("r", "a", CAPACITY + 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(admission.waiting()).isZero();
  }

  /** Small, hurried requests never stop coming, of the same tenant and of new ones. */
  @ParameterizedTest
  @ValueSource(longs = {20261122, 1, 2, 3})
  void admit_largeOneAmongEndlessSmallHurriedOnes_isAdmitted(long seed) {
    var random = new Random(seed);
    var running = new ArrayList<Admission.Admitted<String>>();
    add("running", "a", 32);
    running.addAll(admission.admit());
    add("large", "a", CAPACITY);
    for (int round = 0; ; round++) {
      assertThat(round).as("seed %d", seed).isLessThan(20 * Limits.PASSED_OVER_REQUESTS);
      var more = admission.admit();
      running.addAll(more);
      assertThat(admission.running()).isEqualTo(running.size()).isLessThanOrEqualTo(4);
      assertThat(pool.used()).isLessThanOrEqualTo(CAPACITY);
      if (names(more).contains("large")) {
        break;
      }
      if (!running.isEmpty()) {
        admission.leave(running.remove(random.nextInt(running.size())));
      }
      while (admission.waiting() < 20) {
        var tenant = random.nextBoolean() ? "a" : "tenant " + round;
        admission.add("small " + random.nextLong(), new Demand(tenant, 0, pool, 32));
      }
    }
  }
}
