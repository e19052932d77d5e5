package dev.unmask.cache.states;

/**
 * Where a page lies.
 *
 * @param slab from 0, smallest slots first
 * @param slot from 0
 */
public record Place(int slab, int slot) {}
