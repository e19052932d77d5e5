package dev.unmask.cache.slab;

/**
 * How full the slots of one size are.
 *
 * @param shape size and number of slots
 * @param used slots that hold a record or are being written
 */
public record SlotUse(SlotClass shape, int used) {}
