package dev.unmask.cache.slab;

import dev.unmask.cache.states.StoredState;
import dev.unmask.cache.store.Draft;
import dev.unmask.cache.store.NewPage;
import dev.unmask.cache.store.Outcome;
import java.nio.ByteBuffer;

/** A reserved slot. */
final class SlabDraft implements Draft {
  private final Slots slots;
  private final Reserved reserved;
  private final NewPage page;
  private final ByteBuffer bytes;
  private boolean committed;
  private boolean open = true;

  /**
   * A slot that is its writer's own.
   *
   * @param slab its number
   * @param slot its number there
   * @param state kept until the draft is closed
   * @param allocated whether it has its blocks on disk
   */
  record Reserved(int slab, int slot, StoredState state, boolean allocated) {}

  /** Owns a slot from now on. */
  SlabDraft(Slots slots, Reserved reserved, NewPage page) {
    this.slots = slots;
    this.reserved = reserved;
    this.page = page;
    this.bytes = slots.bytes(reserved, page.length());
  }

  Reserved reserved() {
    return reserved;
  }

  @Override
  public ByteBuffer bytes() {
    return bytes;
  }

  @Override
  public Outcome commit() {
    if (committed || !open) {
      throw new IllegalStateException("a draft is committed once");
    }
    committed = true;
    return slots.publish(reserved, page, Slab.checksum(bytes));
  }

  @Override
  public void close() {
    if (open) {
      open = false;
      slots.close(reserved, committed);
    }
  }
}
