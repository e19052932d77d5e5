package dev.unmask.cache.slab;

import dev.unmask.cache.store.Draft;
import dev.unmask.cache.store.Outcome;
import dev.unmask.page.PageKey;
import java.nio.ByteBuffer;
import java.util.function.LongSupplier;

/** A reserved slot. */
final class SlabDraft implements Draft {
  private final Slab slab;
  private final int slot;
  private final PageKey key;
  private final ByteBuffer bytes;
  private final LongSupplier generations;
  private boolean open = true;

  /**
   * Owns a slot from now on.
   *
   * @param bytes the part of the slot that takes the record
   */
  SlabDraft(Slab slab, int slot, PageKey key, ByteBuffer bytes, LongSupplier generations) {
    this.slab = slab;
    this.slot = slot;
    this.key = key;
    this.bytes = bytes;
    this.generations = generations;
  }

  @Override
  public ByteBuffer bytes() {
    return bytes;
  }

  @Override
  public Outcome commit() {
    if (!open) {
      throw new IllegalStateException("a draft is committed once");
    }
    open = false;
    return slab.publish(
        slot, new SlotHeader(key, bytes.capacity(), Slab.checksum(bytes), generations.getAsLong()));
  }

  @Override
  public void close() {
    if (open) {
      open = false;
      slab.release(slot);
    }
  }
}
