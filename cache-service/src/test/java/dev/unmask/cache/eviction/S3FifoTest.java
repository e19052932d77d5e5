package dev.unmask.cache.eviction;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Ten states of one byte: one in the small queue, nine in the main one. */
final class S3FifoTest {
  private final S3Fifo<Integer> policy = new S3Fifo<>(10);

  @Test
  void giveUp_neverUsed_goesInTheOrderItCame() {
    store(1, 2, 3);

    assertThat(policy.giveUp(_ -> true)).hasValue(1);
    assertThat(policy.giveUp(_ -> true)).hasValue(2);
  }

  @Test
  void giveUp_usedOnce_staysWhileAScanPasses() {
    store(1);
    policy.used(1);

    for (int state = 100; state < 200; state++) {
      store(state);
      if (state >= 108) {
        assertThat(policy.giveUp(_ -> true))
            .hasValueSatisfying(gone -> assertThat(gone).isNotEqualTo(1));
      }
    }
  }

  @Test
  void stored_givenUpBefore_isRememberedAndOutlivesNewOnes() {
    store(1, 2, 3);
    assertThat(policy.giveUp(_ -> true)).hasValue(1);

    store(1, 4);

    assertThat(policy.giveUp(_ -> true)).hasValue(2);
    assertThat(policy.giveUp(_ -> true)).hasValue(3);
    assertThat(policy.giveUp(_ -> true)).hasValue(1);
    assertThat(policy.giveUp(_ -> true)).hasValue(4);
  }

  @Test
  void stored_givenUpLongAgo_isForgotten() {
    for (int state = 0; state < 100; state++) {
      store(state);
      policy.giveUp(_ -> true);
    }

    store(1, 200, 99);

    // 99 is remembered and goes to the main queue; 1 is new, and first in the small one.
    assertThat(policy.giveUp(_ -> true)).hasValue(1);
    assertThat(policy.giveUp(_ -> true)).hasValue(99);
    assertThat(policy.giveUp(_ -> true)).hasValue(200);
  }

  @Test
  void giveUp_inMainAndUsed_getsAnotherRoundAUse() {
    for (int state = 1; state <= 2; state++) {
      store(state);
      policy.giveUp(_ -> true);
    }
    store(1, 2);
    policy.used(1);

    assertThat(policy.giveUp(_ -> true)).hasValue(2);
    assertThat(policy.giveUp(_ -> true)).hasValue(1);
  }

  private void store(int... states) {
    for (int state : states) {
      policy.stored(state, new Weight(1, 1));
    }
  }
}
