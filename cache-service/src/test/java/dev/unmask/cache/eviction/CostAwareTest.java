package dev.unmask.cache.eviction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class CostAwareTest {
  private final CostAware<Integer> policy = new CostAware<>();

  @Test
  void giveUp_equalUses_isTheCheapestOfAByte() {
    policy.stored(1, new Weight(100, 1000));
    policy.stored(2, new Weight(1000, 2000));
    policy.stored(3, new Weight(10, 500));

    assertThat(drain()).containsExactly(2, 1, 3);
  }

  @Test
  void giveUp_equalWorth_isTheLeastRecentlyUsed() {
    List.of(1, 2, 3).forEach(state -> policy.stored(state, new Weight(100, 0)));

    assertThat(drain()).containsExactly(1, 2, 3);
  }

  @Test
  void giveUp_onceDearAndNotUsedAnyMore_growsOld() {
    policy.stored(0, new Weight(100, 5000));
    var given = new ArrayList<Integer>();
    for (int state = 1; state <= 20; state++) {
      policy.stored(state, new Weight(100, 1000));
      policy.giveUp(_ -> true).ifPresent(given::add);
    }

    assertThat(given.subList(0, 3)).containsExactly(1, 2, 3);
    assertThat(given).contains(0);
  }

  /** The definition, by search. */
  @Test
  void giveUp_afterManyRandomCalls_agreesWithASearch() {
    long seed = 20261122;
    var random = new Random(seed);
    var oracle = new Oracle();
    for (int i = 0; i < 20_000; i++) {
      int state = random.nextInt(60);
      switch (random.nextInt(3)) {
        case 0 -> {
          var weight = new Weight(1 + state % 7, state % 11);
          policy.stored(state, weight);
          oracle.stored(state, weight);
        }
        case 1 -> {
          policy.used(state);
          oracle.used(state);
        }
        default ->
            assertThat(policy.giveUp(_ -> true))
                .as("seed %d, step %d", seed, i)
                .isEqualTo(oracle.giveUp());
      }
    }
  }

  private List<Integer> drain() {
    var order = new ArrayList<Integer>();
    policy.giveUp(_ -> true).ifPresent(order::add);
    policy.giveUp(_ -> true).ifPresent(order::add);
    policy.giveUp(_ -> true).ifPresent(order::add);
    return order;
  }

  private static final class Oracle {
    private final List<Entry> entries = new ArrayList<>();
    private double age;

    private record Entry(int state, Weight weight, int uses, double worth) {}

    void stored(int state, Weight weight) {
      put(state, weight, take(state).map(Entry::uses).orElse(1));
    }

    void used(int state) {
      take(state).ifPresent(entry -> put(state, entry.weight(), entry.uses() + 1));
    }

    Optional<Integer> giveUp() {
      var victim = entries.stream().min(Comparator.comparingDouble(Entry::worth));
      victim.ifPresent(entry -> {
        age = entry.worth();
        entries.remove(entry);
      });
      return victim.map(Entry::state);
    }

    private void put(int state, Weight weight, int uses) {
      double rate = (double) Math.max(1, weight.costMicros()) / weight.bytes();
      entries.add(new Entry(state, weight, uses, age + uses * rate));
    }

    private Optional<Entry> take(int state) {
      var found = entries.stream().filter(entry -> entry.state() == state).findFirst();
      found.ifPresent(entries::remove);
      return found;
    }
  }
}
