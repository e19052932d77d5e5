package dev.unmask.cache.slab;

import dev.unmask.cache.store.PinnedPage;
import java.nio.ByteBuffer;

/** A pinned slot. */
final class SlabPage implements PinnedPage {
  private final Slab slab;
  private final int slot;
  private final ByteBuffer bytes;
  private boolean closed;

  SlabPage(Slab slab, Location pinned) {
    this.slab = slab;
    this.slot = pinned.slot();
    this.bytes = slab.bytes(slot, pinned.length()).asReadOnlyBuffer();
  }

  @Override
  public ByteBuffer bytes() {
    return bytes;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      slab.unpin(slot);
    }
  }
}
