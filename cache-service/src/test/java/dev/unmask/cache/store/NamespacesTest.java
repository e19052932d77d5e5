package dev.unmask.cache.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.cache.Pages;
import dev.unmask.cache.slab.SlabStore;
import dev.unmask.cache.slab.SlotClass;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NamespacesTest {
  private static final int LENGTH = 4000;

  @TempDir private Path directory;
  private final StoreCounts counts = new StoreCounts();
  private SlabStore slabs;
  private Namespaces namespaces;

  @BeforeEach
  void open() {
    slabs = new SlabStore(directory, List.of(new SlotClass(4096, 8)), Pages.RULES);
    namespaces = Namespaces.in(slabs, counts);
  }

  @AfterEach
  void close() {
    slabs.close();
  }

  @Test
  void read_otherNamespacesPage_isEmptyEvenWithItsKey() {
    Pages.put(namespaces.of("alice"), 1, LENGTH);

    assertThat(Pages.holds(namespaces.of("alice"), 1, LENGTH)).isTrue();
    assertThat(namespaces.of("bob").find(Pages.key(1))).isZero();
    assertThat(namespaces.of("bob").read(Pages.key(1))).isEmpty();
  }

  @Test
  void put_oneKeyInTwoNamespaces_keepsBothPages() {
    assertThat(Pages.put(namespaces.of("alice"), 1, 3000)).isEqualTo(Outcome.STORED);
    assertThat(Pages.put(namespaces.of("bob"), 1, 4000)).isEqualTo(Outcome.STORED);

    assertThat(Pages.holds(namespaces.of("alice"), 1, 3000)).isTrue();
    assertThat(Pages.holds(namespaces.of("bob"), 1, 4000)).isTrue();
  }

  @Test
  void put_recordOfAnotherKey_isRefusedAndLeavesTheKeyFree() {
    var store = namespaces.of("alice");

    assertThat(Pages.put(store, Pages.key(2), Pages.record(1, LENGTH))).isEqualTo(Outcome.REFUSED);

    assertThat(store.find(Pages.key(2))).isZero();
    assertThat(slabs.use().getFirst().used()).isZero();
    assertThat(Pages.put(store, 2, LENGTH)).isEqualTo(Outcome.STORED);
  }

  @Test
  void put_damagedRecord_isRefused() {
    var record = Pages.record(1, LENGTH);
    record.put(1000, (byte) ~record.get(1000));

    assertThat(Pages.put(namespaces.of("alice"), Pages.key(1), record)).isEqualTo(Outcome.REFUSED);
  }

  @Test
  void counts_afterSomeCalls_saysWhatHappened() {
    var store = namespaces.of("alice");
    Pages.put(store, 1, LENGTH);
    Pages.put(store, 1, LENGTH);
    Pages.put(store, 2, 5000);
    Pages.holds(store, 1, LENGTH);
    store.find(Pages.key(3));

    assertThat(counts.snapshot())
        .isEqualTo(new StoreCounts.Snapshot(1, 1, LENGTH, 1, LENGTH, 1, 1, 0));
  }
}
