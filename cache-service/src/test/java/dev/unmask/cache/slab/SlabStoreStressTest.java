package dev.unmask.cache.slab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.cache.Pages;
import dev.unmask.page.PageRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SlabStoreStressTest {
  private static final long SEED = 20261122;
  private static final int THREADS = 4;
  private static final int OPERATIONS = 8_000;
  private static final int KEYS = 60;

  @TempDir private Path directory;

  /** Few slots and many keys, so that eviction, pins and drafts of one key meet all the time. */
  @Test
  void store_underSeveralThreads_neverShowsAnotherOrTornPage() throws Exception {
    var classes = List.of(new SlotClass(4096, 8), new SlotClass(8192, 6));
    try (var store = new SlabStore(directory, classes, Pages.RULES);
        var threads = Executors.newFixedThreadPool(THREADS)) {
      var work = new ArrayList<Callable<Integer>>();
      for (int thread = 0; thread < THREADS; thread++) {
        var random = new Random(SEED + thread);
        work.add(() -> run(store, random));
      }
      int hits = 0;
      for (var result : threads.invokeAll(work)) {
        hits += result.get();
      }
      assertThat(hits).isGreaterThan(OPERATIONS / 10);
      assertAtRest(store);
    }
  }

  private static int run(SlabStore store, Random random) {
    int hits = 0;
    for (int i = 0; i < OPERATIONS; i++) {
      int number = random.nextInt(KEYS);
      int length = number % 2 == 0 ? 4096 : 6000;
      switch (random.nextInt(4)) {
        case 0 -> Pages.put(store, number, length);
        case 1 -> abandon(store, number, length);
        default -> hits += read(store, number) ? 1 : 0;
      }
    }
    return hits;
  }

  private static void abandon(SlabStore store, int number, int length) {
    if (store.find(Pages.key(number)) == 0
        && store.offer(Pages.page(number, length))
            instanceof dev.unmask.cache.store.Offer.Accepted(var draft)) {
      draft.bytes().put(0, (byte) -1);
      draft.close();
    }
  }

  private static boolean read(SlabStore store, int number) {
    var found = store.read(Pages.key(number));
    found.ifPresent(page -> {
      try (page) {
        assertThat(PageRecord.open(Pages.key(number), page.bytes()))
            .as("page %d, seed %d", number, SEED)
            .isPresent();
      }
    });
    return found.isPresent();
  }

  /** Invariant I5: whatever is in use is a page that can be read; all else is free. */
  private static void assertAtRest(SlabStore store) {
    int there = 0;
    for (int number = 0; number < KEYS; number++) {
      there += read(store, number) ? 1 : 0;
    }
    assertThat(store.use().stream().mapToInt(SlotUse::used).sum()).isEqualTo(there);
    for (int number = KEYS; number < 2 * KEYS; number++) {
      assertThat(Pages.put(store, number, 4096)).isNotNull();
    }
    assertThat(store.use().getFirst().used()).isEqualTo(8);
  }
}
