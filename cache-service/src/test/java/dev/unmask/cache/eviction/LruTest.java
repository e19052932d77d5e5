package dev.unmask.cache.eviction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashSet;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class LruTest {
  private final Lru lru = new Lru(3);

  @Test
  void victim_nothingUsed_isEmpty() {
    assertThat(lru.victim()).isEmpty();
  }

  @Test
  void victim_oldestUsedAgain_isTheNextOldest() {
    lru.used(0);
    lru.used(1);
    lru.used(0);

    assertThat(lru.victim()).hasValue(1);
  }

  @Test
  void victim_oldestKept_isTheNextOldest() {
    lru.used(2);
    lru.used(1);
    lru.kept(2);
    lru.kept(2);

    assertThat(lru.victim()).hasValue(1);
  }

  @Test
  void victim_manyRandomOperations_agreesWithALinkedSet() {
    long seed = 20261122;
    var random = new Random(seed);
    var policy = new Lru(50);
    var oracle = new LinkedHashSet<Integer>();
    for (int i = 0; i < 20_000; i++) {
      int slot = random.nextInt(50);
      oracle.remove(slot);
      if (random.nextInt(3) == 0) {
        policy.kept(slot);
      } else {
        policy.used(slot);
        oracle.add(slot);
      }
      var expected = oracle.isEmpty() ? OptionalInt.empty() : OptionalInt.of(oracle.getFirst());
      assertThat(policy.victim()).as("seed %d, step %d", seed, i).isEqualTo(expected);
    }
  }
}
