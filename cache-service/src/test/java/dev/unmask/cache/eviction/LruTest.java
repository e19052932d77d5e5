package dev.unmask.cache.eviction;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LruTest {
  private final Lru<String> lru = new Lru<>();

  @Test
  void giveUp_oldestUsedAgain_isTheNextOldest() {
    store("a", "b", "c");
    lru.used("a");

    assertThat(lru.giveUp(_ -> true)).hasValue("b");
  }

  @Test
  void giveUp_oldestGrown_isTheNextOldest() {
    store("a", "b");
    store("a");

    assertThat(lru.giveUp(_ -> true)).hasValue("b");
  }

  @Test
  void giveUp_usedButNeverStored_isEmpty() {
    lru.used("a");

    assertThat(lru.giveUp(_ -> true)).isEmpty();
  }

  private void store(String... states) {
    for (var state : states) {
      lru.stored(state, new Weight(1, 1));
    }
  }
}
