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

  @Test
  void retain_byDefault_keepsNothing() {
    var pool = new KvPool(96);
    var run = pool.take(64).orElseThrow();
    assertThat(pool.retain(run, 64, _ -> {})).isEmpty();
    pool.give(run);
    assertThat(pool.retained()).isZero();
  }

  @Test
  void give_partOfTheRunRetained_freesTheRest() {
    var pool = keeping(96, 2);
    var stays = retained(pool, 64, 40);
    assertThat(stays.run()).isEqualTo(new KvPool.Run(0, 32));
    assertThat(pool.used()).isZero();
    assertThat(pool.retained()).isEqualTo(32);
    assertThat(pool.take(64)).contains(new KvPool.Run(32, 64));
    assertThat(pool.touch(stays)).isTrue();
  }

  @Test
  void take_nothingFree_givesUpWhatWasUsedLongestAgo() {
    var pool = keeping(96, 3);
    var first = retained(pool, 32, 32);
    var second = retained(pool, 32, 32);
    var third = retained(pool, 32, 32);
    assertThat(pool.touch(first)).isTrue();
    assertThat(pool.take(32)).contains(second.run());
    assertThat(pool.touch(second)).isFalse();
    assertThat(pool.touch(third)).isTrue();
    assertThat(ended).containsExactly(second);
  }

  @Test
  void take_holesApart_givesUpUntilItFitsInOnePiece() {
    var pool = keeping(128, 4);
    var first = retained(pool, 32, 32);
    var used = pool.take(32).orElseThrow();
    retained(pool, 64, 64);
    assertThat(pool.take(64)).contains(new KvPool.Run(64, 64));
    assertThat(ended).hasSize(2).startsWith(first);
    assertThat(used.start()).isEqualTo(32);
  }

  @Test
  void take_thatCannotFit_givesNothingUp() {
    var pool = keeping(128, 4);
    retained(pool, 64, 64);
    var used = pool.take(32).orElseThrow();
    assertThat(pool.take(96)).isEmpty();
    assertThat(ended).isEmpty();
    pool.give(used);
    assertThat(pool.take(96)).isPresent();
    assertThat(ended).hasSize(1);
  }

  @Test
  void take_runNotGivenBackYet_isNotGivenUp() {
    var pool = keeping(96, 2);
    var run = pool.take(64).orElseThrow();
    assertThat(pool.retain(run, 64, ended::add)).isPresent();
    assertThat(pool.take(64)).isEmpty();
    assertThat(ended).isEmpty();
  }

  @Test
  void give_moreThanMayStay_givesUpTheOldest() {
    var pool = keeping(320, 2);
    pool.retainAtMost(128, 2);
    var first = retained(pool, 32, 32);
    var second = retained(pool, 32, 32);
    var third = retained(pool, 32, 32);
    assertThat(ended).containsExactly(first);
    var large = retained(pool, 192, 192);
    assertThat(large.run().count()).as("as much as may stay").isEqualTo(128);
    assertThat(ended).containsExactly(first, second, third);
    pool.giveUp(large);
    pool.giveUp(large);
    assertThat(ended).containsExactly(first, second, third, large);
    assertThat(pool.take(320)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(longs = {20261130, 7, 99})
  void takeGiveAndRetain_anyOrder_neverOverlapsAndLosesNothing(long seed) {
    var random = new Random(seed);
    var pool = keeping(2048, 5);
    var taken = new ArrayList<KvPool.Run>();
    var idle = new ArrayList<KvPool.Idle>();
    for (int i = 0; i < 5000; i++) {
      if (random.nextBoolean() || taken.isEmpty()) {
        pool.take(1 + random.nextInt(300)).ifPresent(taken::add);
      } else {
        var run = taken.remove(random.nextInt(taken.size()));
        if (random.nextBoolean()) {
          pool.retain(run, random.nextInt(run.count() + 1), ended::add).ifPresent(idle::add);
        }
        pool.give(run);
      }
      idle.removeAll(ended);
      var slots = new BitSet();
      for (var run : taken) {
        assertThat(slots.get(run.start(), run.start() + run.count()).isEmpty()).isTrue();
        slots.set(run.start(), run.start() + run.count());
      }
      assertThat(pool.used()).as("seed %d", seed).isEqualTo(slots.cardinality());
      for (var stays : idle) {
        var run = stays.run();
        assertThat(slots.get(run.start(), run.start() + run.count()).isEmpty()).isTrue();
        slots.set(run.start(), run.start() + run.count());
      }
      assertThat(idle.size()).isLessThanOrEqualTo(5);
      assertThat(pool.retained() + pool.used()).isEqualTo(slots.cardinality());
    }
    taken.forEach(pool::give);
    assertThat(pool.take(2048)).isPresent();
    assertThat(pool.retained()).isZero();
  }

  private final ArrayList<KvPool.Idle> ended = new ArrayList<>();

  private static KvPool keeping(int capacity, int runs) {
    var pool = new KvPool(capacity);
    pool.retainAtMost(capacity, runs);
    return pool;
  }

  private KvPool.Idle retained(KvPool pool, int positions, int stay) {
    var run = pool.take(positions).orElseThrow();
    var idle = pool.retain(run, stay, ended::add).orElseThrow();
    pool.give(run);
    return idle;
  }
}
