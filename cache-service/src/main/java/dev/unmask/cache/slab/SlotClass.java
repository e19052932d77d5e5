package dev.unmask.cache.slab;

import dev.unmask.contract.Limits;

/**
 * Slots of one size.
 *
 * @param slotBytes largest record a slot holds; 4,096 to 64 MiB + 4,096, a multiple of 4,096
 * @param slots at least 1
 */
public record SlotClass(int slotBytes, int slots) {
  /** Slots begin at addresses that are a multiple of this many bytes. */
  public static final int ALIGNMENT = 4096;

  public SlotClass {
    if (slotBytes < ALIGNMENT
        || slotBytes > Limits.PAGE_RECORD_BYTES + ALIGNMENT
        || slotBytes % ALIGNMENT != 0) {
      throw new IllegalArgumentException(
          "slot bytes must be a multiple of 4096 from 4096 to "
              + (Limits.PAGE_RECORD_BYTES + ALIGNMENT)
              + ", not "
              + slotBytes);
    }
    if (slots < 1) {
      throw new IllegalArgumentException("a slab needs at least one slot");
    }
  }

  /** Bytes of all slots together. */
  public long bytes() {
    return (long) slotBytes * slots;
  }
}
