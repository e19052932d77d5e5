package dev.unmask.cache.slab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unmask.cache.Pages;
import dev.unmask.cache.store.Draft;
import dev.unmask.cache.store.Offer;
import dev.unmask.cache.store.Outcome;
import dev.unmask.cache.store.PinnedPage;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SlabStoreTest {
  private static final int SMALL = 4000;
  private static final int LARGE = 8000;
  private static final List<SlotClass> CLASSES =
      List.of(new SlotClass(8192, 2), new SlotClass(4096, 4));

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
  void read_storedPage_isWhatWasWritten() {
    assertThat(Pages.put(store, 1, SMALL)).isEqualTo(Outcome.STORED);

    assertThat(store.find(Pages.key(1))).isEqualTo(SMALL);
    assertThat(Pages.holds(store, 1, SMALL)).isTrue();
  }

  @Test
  void read_unknownKey_isEmpty() {
    assertThat(store.find(Pages.key(1))).isZero();
    assertThat(store.read(Pages.key(1))).isEmpty();
  }

  @Test
  void put_presentKey_keepsTheOldRecord() {
    Pages.put(store, 1, SMALL);

    assertThat(Pages.put(store, Pages.key(1), Pages.record(2, SMALL))).isEqualTo(Outcome.PRESENT);

    assertThat(Pages.holds(store, 1, SMALL)).isTrue();
  }

  @Test
  void put_tooLong_isRefused() {
    assertThat(Pages.put(store, 1, 8193)).isEqualTo(Outcome.REFUSED);
  }

  @Test
  void put_beyondTheBrim_evictsExactlyOneLeastRecentlyUsed() {
    for (int number = 0; number < 4; number++) {
      Pages.put(store, number, SMALL);
    }
    store.find(Pages.key(0));

    Pages.put(store, 4, SMALL);

    assertThat(store.find(Pages.key(1))).isZero();
    assertThat(List.of(0, 2, 3, 4)).allMatch(number -> Pages.holds(store, number, SMALL));
    assertThat(store.use().getFirst()).isEqualTo(new SlotUse(CLASSES.getLast(), 4));
  }

  @Test
  void put_fullSmallSlots_leavesLargeOnesAlone() {
    Pages.put(store, 100, LARGE);
    for (int number = 0; number < 20; number++) {
      Pages.put(store, number, SMALL);
    }

    assertThat(Pages.holds(store, 100, LARGE)).isTrue();
    assertThat(store.use()).extracting(SlotUse::used).containsExactly(4, 1);
  }

  @Test
  void put_allOthersPinned_neverOverwritesThem() {
    Pages.put(store, 1, LARGE);
    Pages.put(store, 2, LARGE);
    var pinned = new ArrayList<PinnedPage>();
    pinned.add(store.read(Pages.key(1)).orElseThrow());
    pinned.add(store.read(Pages.key(2)).orElseThrow());

    assertThat(Pages.put(store, 3, LARGE)).isEqualTo(Outcome.REFUSED);
    assertThat(pinned.getFirst().bytes()).isEqualTo(Pages.record(1, LARGE));
    pinned.forEach(PinnedPage::close);
    assertThat(Pages.put(store, 3, LARGE)).isEqualTo(Outcome.STORED);
    assertThat(store.find(Pages.key(1))).isZero();
  }

  @Test
  void close_ofPinTwice_unpinsOnce() {
    Pages.put(store, 1, LARGE);
    Pages.put(store, 2, LARGE);
    var first = store.read(Pages.key(1)).orElseThrow();
    var second = store.read(Pages.key(1)).orElseThrow();
    first.close();
    first.close();

    Pages.put(store, 3, LARGE);
    Pages.put(store, 4, LARGE);

    assertThat(second.bytes()).isEqualTo(Pages.record(1, LARGE));
    second.close();
  }

  @Test
  void offer_draftNotCommitted_isVisibleToNobodyAndGivesItsSlotBack() {
    var draft = accepted(store.offer(Pages.page(1, LARGE)));
    draft.bytes().put(Pages.record(1, LARGE));

    assertThat(store.find(Pages.key(1))).isZero();
    assertThat(store.use().getLast().used()).isEqualTo(1);
    draft.close();
    draft.close();
    assertThat(store.use().getLast().used()).isZero();
  }

  @Test
  void commit_secondDraftOfOneKey_keepsTheFirstAndFreesTheSlot() {
    var first = accepted(store.offer(Pages.page(1, LARGE)));
    var second = accepted(store.offer(Pages.page(1, LARGE)));
    first.bytes().put(Pages.record(1, LARGE));
    second.bytes().put(Pages.record(2, LARGE));

    assertThat(first.commit()).isEqualTo(Outcome.STORED);
    assertThat(second.commit()).isEqualTo(Outcome.PRESENT);

    assertThat(Pages.holds(store, 1, LARGE)).isTrue();
    assertThat(store.use().getLast().used()).isEqualTo(1);
  }

  @Test
  void open_directoryInUse_isRefused() {
    assertThatThrownBy(() -> new SlabStore(directory, CLASSES, Pages.RULES))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(directory.toString());
  }

  @Test
  void open_afterCleanStop_hasEverythingInOrderOfWriting() {
    for (int number = 0; number < 4; number++) {
      Pages.put(store, number, SMALL);
    }
    store.close();
    open();

    assertThat(List.of(0, 1, 2, 3)).allMatch(number -> Pages.holds(store, number, SMALL));
    Pages.put(store, 4, SMALL);
    assertThat(store.find(Pages.key(0))).isZero();
  }

  @Test
  void open_otherSlotClasses_startsEmpty() {
    Pages.put(store, 1, SMALL);
    store.close();

    store = new SlabStore(directory, List.of(new SlotClass(4096, 8)), Pages.RULES);

    assertThat(store.find(Pages.key(1))).isZero();
    assertThat(store.use().getFirst().used()).isZero();
  }

  static Draft accepted(Offer offer) {
    return switch (offer) {
      case Offer.Accepted(Draft draft) -> draft;
      case Offer.Declined(Outcome outcome) -> throw new AssertionError(outcome);
    };
  }
}
