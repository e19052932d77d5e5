package dev.unmask.cache.slab;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives slots their blocks on disk before anything is stored to them, and says when the disk is
 * full: once, until it is not. Safe for several threads.
 */
final class Disk {
  private static final Logger LOG = LoggerFactory.getLogger(Disk.class);

  private final Slots slots;
  private final AtomicBoolean full = new AtomicBoolean();

  Disk(Slots slots) {
    this.slots = slots;
  }

  /** Whether a draft may be written to; closes it if not. */
  boolean backs(SlabDraft draft) {
    if (draft.reserved().allocated()) {
      return true;
    }
    try {
      slots.allocate(draft.reserved());
      full.set(false);
      return true;
    } catch (IOException e) {
      draft.close();
      if (full.compareAndSet(false, true)) {
        LOG.error("no room on disk for pages; the store goes on with what it has", e);
      }
      return false;
    }
  }
}
