package dev.unmask.cache.store;

/**
 * Where a record lies right now, for readers that map the slabs. Nothing keeps it there: they look
 * at the slot's generation again when they have copied it.
 *
 * @param slab from 0, smallest slots first
 * @param slot from 0
 * @param length of the record in bytes
 * @param generation number of the write that filled the slot; no two writes share one
 */
public record PageLocation(int slab, int slot, int length, long generation) {}
