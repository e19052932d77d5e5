package dev.unmask.cache.eviction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A hundred states of one unit. */
final class TinyLfuTest {
  private static final int CAPACITY = 100;
  private static final Weight UNIT = new Weight(4096, 1);

  private final TinyLfu<Integer> policy = new TinyLfu<>(CAPACITY * 4096L);

  @Test
  void giveUp_scanOverUsedStates_throwsTheScanOut() {
    var there = new HashSet<Integer>();
    for (int state = 0; state < CAPACITY / 2; state++) {
      policy.stored(state, UNIT);
      there.add(state);
    }
    for (int round = 0; round < 10; round++) {
      for (int state = 0; state < CAPACITY / 2; state++) {
        policy.used(state);
      }
    }
    for (int state = 1000; state < 2000; state++) {
      policy.stored(state, UNIT);
      there.add(state);
      if (there.size() > CAPACITY) {
        policy.giveUp(_ -> true).ifPresent(there::remove);
      }
    }

    assertThat(there).hasSize(CAPACITY);
    // Caffeine admits one in 128 at random, so that nobody can pin the cache by collisions.
    assertThat(there.stream().filter(state -> state < 1000)).hasSizeGreaterThan(CAPACITY / 2 - 10);
  }

  @Test
  void used_thrownOutAndStillThere_isTakenBack() {
    for (int state = 0; state < 2 * CAPACITY; state++) {
      policy.stored(state, UNIT);
    }
    int next = order().getFirst();

    policy.used(next);

    assertThat(order().getFirst()).isNotEqualTo(next);
    assertThat(order()).contains(next);
  }

  /** Whom the policy would name, one after the other. */
  private List<Integer> order() {
    var order = new ArrayList<Integer>();
    var none = policy.giveUp(state -> !order.add(state));
    assertThat(none).isEmpty();
    return order;
  }
}
