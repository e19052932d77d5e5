package dev.unmask.cache.slab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.cache.Pages;
import dev.unmask.cache.states.StateUse;
import dev.unmask.cache.store.NewPage;
import dev.unmask.cache.store.Offer;
import dev.unmask.cache.store.Outcome;
import dev.unmask.cache.store.PinnedPage;
import dev.unmask.cache.store.StateName;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** States of several pages: pages 10 to 12 are state 10's, and so on. */
final class WholeStatesTest {
  private static final int SMALL = 4000;
  private static final int LARGE = 8000;
  private static final List<SlotClass> CLASSES =
      List.of(new SlotClass(4096, 6), new SlotClass(8192, 3));

  @TempDir private Path directory;
  private SlabStore store;

  @BeforeEach
  void open() {
    store = new SlabStore(directory, CLASSES, Pages.RULES);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void put_noSlotLeft_givesTheLeastRecentlyUsedStateUpWhole() {
    put(10, 3, SMALL);
    put(20, 3, SMALL);
    store.find(Pages.key(10));

    put(30, 1, SMALL);

    assertThat(pages(20, 3)).isEmpty();
    assertThat(pages(10, 3)).hasSize(3);
    assertThat(pages(30, 1)).hasSize(1);
    assertThat(store.administration().evictedStates()).isEqualTo(1);
  }

  @Test
  void put_stateInSeveralSlabs_isGivenUpInAllOfThem() {
    put(10, 2, SMALL);
    put(13, 10, 1, LARGE);
    put(20, 2, SMALL);
    put(30, 2, SMALL);

    put(40, 1, SMALL);

    assertThat(pages(10, 4)).isEmpty();
    assertThat(store.use()).extracting(SlotUse::used).containsExactly(5, 0);
  }

  @Test
  void find_otherPagesOfAState_areOneUseOfIt() {
    put(10, 2, SMALL);
    put(20, 2, SMALL);
    put(30, 2, SMALL);
    store.find(Pages.key(10));
    store.find(Pages.key(21));

    put(40, 1, SMALL);

    assertThat(pages(10, 2)).hasSize(2);
    assertThat(pages(20, 2)).isEmpty();
  }

  @Test
  void put_stateBeingRead_givesUpAnotherOne() {
    put(10, 3, SMALL);
    put(20, 3, SMALL);
    try (var page = store.read(Pages.key(11)).orElseThrow()) {
      put(30, 3, SMALL);

      assertThat(page.bytes()).isEqualTo(Pages.record(11, SMALL));
    }
    assertThat(pages(10, 3)).hasSize(3);
    assertThat(pages(20, 3)).isEmpty();
  }

  @Test
  void evict_stateBeingRead_keepsThatSlotUntilTheLastReaderIsDone() {
    put(10, 3, SMALL);
    var first = store.read(Pages.key(11)).orElseThrow();
    var second = store.read(Pages.key(11)).orElseThrow();

    assertThat(store.administration().evict(Pages.NAMESPACE, List.of(Pages.key(10)))).hasValue(1);

    assertThat(pages(10, 3)).isEmpty();
    assertThat(store.use().getFirst().used()).isEqualTo(1);
    put(20, 5, SMALL);
    first.close();
    assertThat(second.bytes()).isEqualTo(Pages.record(11, SMALL));
    assertThat(store.use().getFirst().used()).isEqualTo(6);
    second.close();
    assertThat(store.use().getFirst().used()).isEqualTo(5);
  }

  @Test
  void put_stateBeingWritten_isNotGivenUpForAnother() {
    put(20, 3, SMALL);
    var draft = SlabStoreTest.accepted(store.offer(Pages.page(Pages.key(10), SMALL, 10)));
    draft.bytes().put(Pages.record(10, SMALL));
    assertThat(draft.commit()).isEqualTo(Outcome.STORED);
    store.find(Pages.key(20));

    put(30, 3, SMALL);
    assertThat(pages(10, 1)).hasSize(1);
    assertThat(pages(20, 3)).isEmpty();

    draft.close();
    put(40, 3, SMALL);
    put(50, 3, SMALL);
    assertThat(pages(10, 1)).isEmpty();
  }

  @Test
  void put_stateLargerThanItsSlab_isRefusedInsteadOfEatingItself() {
    put(10, 6, SMALL);

    assertThat(store.offer(Pages.page(Pages.key(17), SMALL, 10)))
        .isEqualTo(new Offer.Declined(Outcome.REFUSED));
    assertThat(pages(10, 6)).hasSize(6);
  }

  @Test
  void open_afterAStop_knowsStatesAndTheirOrder() {
    put(10, 2, SMALL);
    put(20, 3, SMALL);
    put(13, 10, 1, LARGE);
    close();
    open();

    assertThat(store.administration().list(Pages.NAMESPACE, Optional.empty(), 10).orElseThrow())
        .containsExactly(
            new StateUse(name(10), 3, 2 * 4096 + 8192, 7, false),
            new StateUse(name(20), 3, 3 * 4096, 7, false));
    put(30, 2, SMALL);
    assertThat(pages(20, 3)).isEmpty();
    assertThat(pages(10, 4)).hasSize(3);
  }

  @Test
  void quarantine_damagedPage_takesItAloneAndAWriterHealsTheState() {
    put(10, 3, SMALL);

    assertThat(store.quarantine(Pages.key(11), _ -> false)).isFalse();
    assertThat(store.quarantine(Pages.key(11), _ -> true)).isTrue();
    assertThat(store.quarantine(Pages.key(11), _ -> true)).isFalse();

    assertThat(pages(10, 3)).containsExactly(10L, 12L);
    assertThat(store.use().getFirst().used()).isEqualTo(2);
    put(10, 3, SMALL);
    assertThat(pages(10, 3)).hasSize(3);
  }

  private void put(long state, int pages, int length) {
    put(state, state, pages, length);
  }

  private void put(long first, long state, int pages, int length) {
    for (long number = first; number < first + pages; number++) {
      var page = new NewPage(Pages.key(number), length, name(state), 7);
      Pages.put(store, page, Pages.record(number, length));
    }
  }

  private static StateName name(long state) {
    return new StateName(Pages.NAMESPACE, Pages.key(state));
  }

  /** Which pages are there; reads them. */
  private List<Long> pages(long first, int count) {
    return LongStream.range(first, first + count)
        .filter(number -> {
          var page = store.read(Pages.key(number));
          page.ifPresent(PinnedPage::close);
          return page.isPresent();
        })
        .boxed()
        .toList();
  }
}
