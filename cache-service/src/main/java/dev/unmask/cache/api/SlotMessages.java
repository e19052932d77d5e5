package dev.unmask.cache.api;

import dev.unmask.cache.slab.SlotUse;
import dev.unmask.pagecache.v1.SlotClass;

/** Slots as they travel. */
public final class SlotMessages {
  private SlotMessages() {}

  /** How full slots of one size are. */
  public static SlotClass of(SlotUse use) {
    return SlotClass.newBuilder()
        .setSlotBytes(use.shape().slotBytes())
        .setSlots(use.shape().slots())
        .setUsed(use.used())
        .build();
  }
}
