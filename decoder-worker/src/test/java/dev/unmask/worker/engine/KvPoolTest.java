package dev.unmask.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KvPoolTest {
  @Test
  void take_more_thanIsFree_isEmpty() {
    var pool = new KvPool(96);
    assertThat(pool.take(65)).isPresent();
    assertThat(pool.take(1)).isEmpty();
    assertThat(pool.used()).isEqualTo(96);
  }

  @Test
  void give_neighbours_joinsThem() {
    var pool = new KvPool(96);
    var first = pool.take(32).orElseThrow();
    var second = pool.take(32).orElseThrow();
    var third = pool.take(32).orElseThrow();
    pool.give(first);
    pool.give(third);
    assertThat(pool.take(64)).as("free, but apart").isEmpty();
    pool.give(second);
    assertThat(pool.take(96)).isPresent();
  }

  @Test
  void fits_capacityIsNoWholeNumberOfPages_countsWholePages() {
    var pool = new KvPool(100);
    assertThat(pool.capacity()).isEqualTo(96);
    assertThat(pool.fits(96)).isTrue();
    assertThat(pool.fits(97)).isFalse();
  }

  @Test
  void new_lessThanAPage_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new KvPool(31));
  }

  @ParameterizedTest
  @ValueSource(longs = {20261122, 7, 99})
  void takeAndGive_anyOrder_neverOverlapsAndLosesNothing(long seed) {
    var random = new Random(seed);
    var pool = new KvPool(2048);
    var taken = new ArrayList<KvPool.Run>();
    for (int i = 0; i < 5000; i++) {
      if (random.nextBoolean() || taken.isEmpty()) {
        pool.take(1 + random.nextInt(300)).ifPresent(taken::add);
      } else {
        pool.give(taken.remove(random.nextInt(taken.size())));
      }
      var slots = new BitSet();
      for (var run : taken) {
        assertThat(slots.get(run.start(), run.start() + run.count()).isEmpty()).isTrue();
        slots.set(run.start(), run.start() + run.count());
      }
      assertThat(pool.used()).as("seed %d", seed).isEqualTo(slots.cardinality());
    }
    taken.forEach(pool::give);
    assertThat(pool.take(2048)).isPresent();
  }
}
