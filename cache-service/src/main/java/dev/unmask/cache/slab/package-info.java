/**
 * Pages in fixed-size slots of memory-mapped files, an index off heap.
 *
 * <pre>
 *   slab-0.headers  slab-0.pages     smallest slots
 *   slab-1.headers  slab-1.pages     ...
 *   layout  lock  clean              see StoreDirectory
 * </pre>
 *
 * The index is never persisted: every start makes it again from the slots' headers, and checks the
 * pages' checksums if the last stop was not clean.
 *
 * <pre>
 *   SlabStore   opens, closes, chooses the slot size
 *     Slots       the lock: index, slabs and the ledger of states together
 *       Slab        free, reserved, full and pinned slots of one size
 *     Disk        blocks for slots before they are used
 *     Keeper      the thread behind the writers
 * </pre>
 */
package dev.unmask.cache.slab;
