package dev.unmask.cache.eviction;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds of every policy. */
final class EvictionPolicyTest {
  private static final long SEED = 20261122;
  private static final long CAPACITY = 40L << 12;

  @ParameterizedTest
  @EnumSource
  void giveUp_nothingStored_isEmpty(PolicyName name) {
    assertThat(policy(name).giveUp(_ -> true)).isEmpty();
    assertThat(policy(name).expired()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void giveUp_untilEmpty_namesEveryStateOnce(PolicyName name) {
    var policy = policy(name);
    var stored = new HashSet<Integer>();
    for (int state = 0; state < 100; state++) {
      policy.stored(state, new Weight(4096, state));
      stored.add(state);
    }

    for (var victim = policy.giveUp(_ -> true);
        victim.isPresent();
        victim = policy.giveUp(_ -> true)) {
      assertThat(stored.remove(victim.get())).isTrue();
    }
    assertThat(stored).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void giveUp_nothingEvictable_isEmptyAndForgetsNothing(PolicyName name) {
    var policy = policy(name);
    List.of(1, 2, 3).forEach(state -> policy.stored(state, new Weight(4096, 1)));

    assertThat(policy.giveUp(_ -> false)).isEmpty();

    assertThat(policy.giveUp(state -> state == 2)).hasValue(2);
    assertThat(policy.giveUp(state -> state == 2)).isEmpty();
  }

  /** Of any sequence of calls: what is named is there, may be given up, and is gone then. */
  @ParameterizedTest
  @EnumSource
  void giveUp_afterManyRandomCalls_namesOnlyWhatIsThere(PolicyName name) {
    var random = new Random(SEED);
    var policy = policy(name);
    Set<Integer> there = new HashSet<>();
    for (int i = 0; i < 20_000; i++) {
      int state = random.nextInt(80);
      switch (random.nextInt(5)) {
        case 0, 1 -> {
          policy.stored(state, new Weight(4096L * (1 + state % 3), state));
          there.add(state);
        }
        case 2, 3 -> policy.used(state);
        default -> forgetOrGiveUp(policy, there, state, i);
      }
    }
  }

  private static void forgetOrGiveUp(
      EvictionPolicy<Integer> policy, Set<Integer> there, int state, int step) {
    if (step % 3 == 0) {
      policy.forget(state);
      there.remove(state);
      return;
    }
    Predicate<Integer> evictable = other -> other % 5 != state % 5;
    var victim = policy.giveUp(evictable);
    assertThat(victim.isPresent())
        .as("seed %d, step %d", SEED, step)
        .isEqualTo(there.stream().anyMatch(evictable));
    victim.ifPresent(gone -> {
      assertThat(evictable.test(gone)).isTrue();
      assertThat(there.remove(gone)).as("seed %d, step %d: %d", SEED, step, gone).isTrue();
    });
  }

  private static EvictionPolicy<Integer> policy(PolicyName name) {
    return new Eviction(name, Duration.ofHours(1), System::nanoTime).open(CAPACITY);
  }
}
