package dev.unmask.cache;

import dev.unmask.cache.eviction.Eviction;
import dev.unmask.cache.eviction.PolicyName;
import dev.unmask.cache.slab.StoreRules;
import dev.unmask.cache.slab.Watermarks;
import dev.unmask.cache.states.StateListener;
import dev.unmask.cache.store.Draft;
import dev.unmask.cache.store.NewPage;
import dev.unmask.cache.store.Offer;
import dev.unmask.cache.store.Outcome;
import dev.unmask.cache.store.PageStore;
import dev.unmask.cache.store.StateName;
import dev.unmask.page.PageKey;
import dev.unmask.page.PageRecord;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;

/** Pages made of a number, for tests. */
public final class Pages {
  /** Whose pages are put here. */
  public static final String NAMESPACE = "alice";

  /** The least recently used goes first, and not before a writer needs its slot. */
  public static final StoreRules RULES =
      new StoreRules(
          new Eviction(PolicyName.LRU, Duration.ofHours(1), System::nanoTime),
          new Watermarks(1, 1),
          Map.of(),
          StateListener.NOBODY);

  private Pages() {}

  /** {@link #record} to be offered, a state of its own. */
  public static NewPage page(long number, int length) {
    return page(key(number), length, number);
  }

  /** A record to be offered, part of a state whose name is made of a number. */
  public static NewPage page(PageKey key, int length, long state) {
    return new NewPage(key, length, new StateName(NAMESPACE, key(state)), 0);
  }

  /** A key of its own for every number. */
  public static PageKey key(long number) {
    return PageKey.of(ByteBuffer.allocate(PageKey.BYTES).putLong(number).array());
  }

  /** A sound record of {@link #key} whose payload follows from the number. */
  public static ByteBuffer record(long number, int length) {
    var record = ByteBuffer.allocateDirect(length);
    for (int i = PageRecord.HEADER_BYTES; i < length; i++) {
      record.put(i, (byte) (number * 31 + i));
    }
    PageRecord.seal(key(number), record);
    return record;
  }

  /** Writes a record as the service does. */
  public static Outcome put(PageStore store, PageKey key, ByteBuffer record) {
    return put(
        store, new NewPage(key, record.capacity(), new StateName(NAMESPACE, key), 0), record);
  }

  /** Writes a record of a state as the service does. */
  public static Outcome put(PageStore store, NewPage page, ByteBuffer record) {
    return switch (store.offer(page)) {
      case Offer.Accepted(Draft draft) -> {
        try (draft) {
          draft.bytes().put(record.duplicate());
          yield draft.commit();
        }
      }
      case Offer.Declined(Outcome outcome) -> outcome;
    };
  }

  /** Writes {@link #record}. */
  public static Outcome put(PageStore store, long number, int length) {
    return put(store, key(number), record(number, length));
  }

  /** Whether a page is there and is exactly {@link #record}. */
  public static boolean holds(PageStore store, long number, int length) {
    return store
        .read(key(number))
        .map(page -> {
          try (page) {
            return page.bytes().equals(record(number, length));
          }
        })
        .orElse(false);
  }
}
