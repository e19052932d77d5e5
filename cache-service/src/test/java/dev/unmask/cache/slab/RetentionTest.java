package dev.unmask.cache.slab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unmask.cache.Pages;
import dev.unmask.cache.eviction.Eviction;
import dev.unmask.cache.eviction.PolicyName;
import dev.unmask.cache.states.Administration;
import dev.unmask.cache.states.NamespaceUse;
import dev.unmask.cache.states.StateListener;
import dev.unmask.cache.store.NewPage;
import dev.unmask.cache.store.Outcome;
import dev.unmask.cache.store.StateName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Watermarks, quotas, pins and lifetimes of a store with twenty slots of 4 KiB. */
final class RetentionTest {
  private static final int LENGTH = 4000;
  private static final int SLOT = 4096;
  private static final List<SlotClass> CLASSES = List.of(new SlotClass(SLOT, 20));
  private static final Watermarks NONE = new Watermarks(1, 1);

  @TempDir private Path directory;
  private final AtomicLong now = new AtomicLong();
  private SlabStore store;

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void put_aboveTheHighWatermark_drainsToTheLowOneBehindTheWriter() {
    open(PolicyName.LRU, new Watermarks(0.8, 0.5), Map.of());
    put("alice", 0, 16);
    assertThat(used()).isEqualTo(16);

    put("alice", 16, 1);

    await().until(() -> used() == 10);
    assertThat(store.find(Pages.key(6))).isZero();
    assertThat(store.find(Pages.key(7))).isPositive();
  }

  @Test
  void put_aboveItsQuota_givesUpItsOwnLeastRecentlyUsedOnly() {
    open(PolicyName.LRU, NONE, Map.of("alice", 3L * SLOT));
    put("bob", 100, 3);
    put("alice", 0, 3);
    store.find(Pages.key(0));

    put("alice", 3, 1);

    assertThat(store.find(Pages.key(1))).isZero();
    assertThat(List.of(0L, 2L, 3L, 100L, 101L, 102L))
        .allMatch(number -> store.find(Pages.key(number)) > 0);
    assertThat(administration().namespaces())
        .containsExactly(
            new NamespaceUse("alice", 3, 3 * SLOT, 3 * SLOT, 0),
            new NamespaceUse("bob", 3, 3 * SLOT, 0, 0));
  }

  @Test
  void put_quotaFullOfPinnedStates_isRefusedAndHarmsNobody() {
    open(PolicyName.S3_FIFO, NONE, Map.of("alice", 2L * SLOT));
    put("bob", 100, 3);
    put("alice", 0, 2);
    assertThat(administration().pin("alice", List.of(), true)).hasValue(2);

    assertThat(put("alice", 2)).isEqualTo(Outcome.OVER_QUOTA);

    assertThat(List.of(0L, 1L, 100L, 101L, 102L))
        .allMatch(number -> store.find(Pages.key(number)) > 0);
    administration().pin("alice", List.of(Pages.key(1)), false);
    assertThat(put("alice", 2)).isEqualTo(Outcome.STORED);
    assertThat(store.find(Pages.key(1))).isZero();
  }

  @Test
  void put_stateLargerThanItsQuota_keepsWhatFitsAndRefusesTheRest() {
    open(PolicyName.LRU, NONE, Map.of("alice", 3L * SLOT));
    put("alice", 50, 2);

    for (long number = 0; number < 5; number++) {
      var page = new NewPage(Pages.key(number), LENGTH, new StateName("alice", Pages.key(0)), 1);
      assertThat(Pages.put(store, page, Pages.record(number, LENGTH)))
          .isEqualTo(number < 3 ? Outcome.STORED : Outcome.OVER_QUOTA);
    }

    assertThat(store.find(Pages.key(50))).isZero();
    assertThat(List.of(0, 1, 2)).allMatch(number -> Pages.holds(store, number, LENGTH));
    assertThat(used()).isEqualTo(3);
  }

  @Test
  void put_pageLargerThanItsQuota_isRefused() {
    open(PolicyName.LRU, NONE, Map.of("alice", SLOT - 1L));

    assertThat(put("alice", 0)).isEqualTo(Outcome.OVER_QUOTA);

    assertThat(used()).isZero();
    administration().setQuota("alice", 0);
    assertThat(put("alice", 0)).isEqualTo(Outcome.STORED);
  }

  @Test
  void setQuota_belowWhatIsHeld_givesUpTheLeastRecentlyUsed() {
    open(PolicyName.LRU, NONE, Map.of());
    put("alice", 0, 5);
    store.find(Pages.key(0));
    put("bob", 100, 3);

    administration().setQuota("alice", 2 * SLOT);

    assertThat(used()).isEqualTo(5);
    assertThat(List.of(0, 4)).allMatch(number -> store.find(Pages.key(number)) > 0);
  }

  @Test
  void open_quotaBelowWhatIsHeld_givesUpTheOldest() {
    open(PolicyName.LRU, NONE, Map.of());
    put("alice", 0, 5);
    put("bob", 100, 3);
    store.close();

    open(PolicyName.LRU, NONE, Map.of("alice", 2L * SLOT));

    assertThat(used()).isEqualTo(5);
    assertThat(List.of(3, 4)).allMatch(number -> store.find(Pages.key(number)) > 0);
  }

  @Test
  void put_allOthersPinnedByAnOperator_isRefused() {
    open(PolicyName.W_TINYLFU, NONE, Map.of());
    put("alice", 0, 20);
    administration().pin("alice", List.of(), true);

    assertThat(put("bob", 100)).isEqualTo(Outcome.REFUSED);
    assertThat(administration().namespaces().getFirst().pinnedBytes()).isEqualTo(20 * SLOT);

    assertThat(administration().pin("alice", List.of(Pages.key(7)), false)).hasValue(1);
    assertThat(administration().pin("alice", List.of(Pages.key(7)), false)).hasValue(0);
    assertThat(put("bob", 100)).isEqualTo(Outcome.STORED);
    assertThat(store.find(Pages.key(7))).isZero();
  }

  @Test
  void find_stateWhoseTimeIsOver_isNotThere() {
    open(PolicyName.TTL, NONE, Map.of());
    put("alice", 0, 2);
    now.addAndGet(Duration.ofSeconds(9).toNanos());
    put("alice", 2, 1);
    now.addAndGet(Duration.ofSeconds(1).toNanos());

    assertThat(store.read(Pages.key(0))).isEmpty();
    assertThat(store.find(Pages.key(1))).isZero();
    assertThat(store.find(Pages.key(2))).isPositive();
  }

  @Test
  void keeper_nobodyCalls_givesUpStatesWhoseTimeIsOver() {
    open(PolicyName.TTL, NONE, Map.of());
    put("alice", 0, 2);

    now.addAndGet(Duration.ofSeconds(10).toNanos());

    await().until(() -> used() == 0);
  }

  private void open(PolicyName policy, Watermarks watermarks, Map<String, Long> quotas) {
    var eviction = new Eviction(policy, Duration.ofSeconds(10), now::get);
    var rules = new StoreRules(eviction, watermarks, quotas, StateListener.NOBODY);
    store = new SlabStore(directory, CLASSES, rules);
  }

  private void put(String namespace, long first, int count) {
    for (long number = first; number < first + count; number++) {
      assertThat(put(namespace, number)).isEqualTo(Outcome.STORED);
    }
  }

  private Outcome put(String namespace, long number) {
    var page =
        new NewPage(Pages.key(number), LENGTH, new StateName(namespace, Pages.key(number)), number);
    return Pages.put(store, page, Pages.record(number, LENGTH));
  }

  private Administration administration() {
    return store.administration();
  }

  private int used() {
    return store.use().getFirst().used();
  }
}
