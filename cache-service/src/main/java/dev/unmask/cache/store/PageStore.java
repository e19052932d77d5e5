package dev.unmask.cache.store;

import dev.unmask.page.PageKey;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Keeps page records by key, as long as it likes. Safe for several threads. No lock is held after a
 * method returns: what a caller reads or writes is protected by a pin or a reservation of its slot.
 */
public interface PageStore {
  /** Length of a record in bytes, 0 if it is not there. Marks its state as used. */
  int find(PageKey key);

  /** Where a record lies; empty if it is not there. Marks its state as used, and pins nothing. */
  Optional<PageLocation> locate(PageKey key);

  /**
   * Pins a record; empty if it is not there. Marks its state as used, unless a {@link #find} just
   * did.
   */
  Optional<PinnedPage> read(PageKey key);

  /** Asks for room for a record. */
  Offer offer(NewPage page);

  /**
   * Takes a record away if its bytes are damaged.
   *
   * @param damaged looks at the whole record
   * @return whether it was there and was damaged
   */
  boolean quarantine(PageKey key, Predicate<ByteBuffer> damaged);
}
