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
 * pages' checksums if the last stop was not clean. One eviction frees exactly one slot.
 */
package dev.unmask.cache.slab;
