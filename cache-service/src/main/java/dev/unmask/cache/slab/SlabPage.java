package dev.unmask.cache.slab;

import dev.unmask.cache.states.StoredState;
import dev.unmask.cache.store.PinnedPage;
import java.nio.ByteBuffer;

/** A pinned slot. */
final class SlabPage implements PinnedPage {
  private final Slots slots;
  private final Location location;
  private final StoredState state;
  private final ByteBuffer bytes;
  private boolean closed;

  /** Unpins the slot when it is closed. */
  SlabPage(Slots slots, Location location, StoredState state) {
    this.slots = slots;
    this.location = location;
    this.state = state;
    this.bytes = slots.bytes(location).asReadOnlyBuffer();
  }

  Location location() {
    return location;
  }

  @Override
  public ByteBuffer bytes() {
    return bytes;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      slots.unpin(location, state);
    }
  }
}
