package dev.unmask.cache.slab;

import dev.unmask.cache.states.Place;

/**
 * Where the index says a record lies. Only a hint: whoever follows it checks the generation in the
 * slot's header under the store's lock.
 *
 * @param slab from 0, smallest slots first
 * @param slot from 0
 * @param length of the record in bytes
 * @param generation number of the write that filled the slot; no two writes share one
 */
record Location(int slab, int slot, int length, long generation) {
  Place place() {
    return new Place(slab, slot);
  }
}
