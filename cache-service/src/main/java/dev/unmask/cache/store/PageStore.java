package dev.unmask.cache.store;

import dev.unmask.page.PageKey;
import java.util.Optional;

/**
 * Keeps page records by key, as long as it likes. Safe for several threads. No lock is held after a
 * method returns: what a caller reads or writes is protected by a pin or a reservation of its slot.
 */
public interface PageStore {
  /** Length of a record in bytes, 0 if it is not there. Marks it as used. */
  int find(PageKey key);

  /** Where a record lies; empty if it is not there. Marks it as used, and pins nothing. */
  Optional<PageLocation> locate(PageKey key);

  /** Pins a record; empty if it is not there. Marks it as used. */
  Optional<PinnedPage> read(PageKey key);

  /**
   * Asks for room for a record.
   *
   * @param length of the record in bytes, at least 1
   */
  Offer offer(PageKey key, int length);
}
