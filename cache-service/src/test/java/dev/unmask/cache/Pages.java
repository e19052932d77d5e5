package dev.unmask.cache;

import dev.unmask.cache.store.Draft;
import dev.unmask.cache.store.Offer;
import dev.unmask.cache.store.Outcome;
import dev.unmask.cache.store.PageStore;
import dev.unmask.page.PageKey;
import dev.unmask.page.PageRecord;
import java.nio.ByteBuffer;

/** Pages made of a number, for tests. */
public final class Pages {
  private Pages() {}

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
    return switch (store.offer(key, record.capacity())) {
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
