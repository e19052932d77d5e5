package dev.unmask.cache.store;

import java.nio.ByteBuffer;

/**
 * A stored record that stays where it is until closed. Its bytes must not be touched after that.
 * For one thread at a time; close it exactly once.
 */
public interface PinnedPage extends AutoCloseable {
  /** The whole record in the slab, read-only, position 0. */
  ByteBuffer bytes();

  @Override
  void close();
}
