package dev.unmask.cache.store;

import java.nio.ByteBuffer;

/**
 * A record being written, visible to nobody. For one thread at a time; closing it uncommitted gives
 * its room back. Its state is not given up before it is closed, committed or not: who writes
 * several records of a state closes each after the next one is offered.
 */
public interface Draft extends AutoCloseable {
  /** Room for the whole record, straight in the slab: capacity is its length. */
  ByteBuffer bytes();

  /** Makes the record visible, once all of it is written. */
  Outcome commit();

  @Override
  void close();
}
