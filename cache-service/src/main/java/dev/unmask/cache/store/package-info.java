/**
 * The page store: a narrow seam, {@link dev.unmask.cache.store.PageStore}, and one behaviour a
 * file.
 *
 * <pre>
 *   MeteredStore     counts what callers see
 *     VerifyingStore   refuses records that are not sound
 *       NamespacedStore  keeps namespaces apart
 *         slab.SlabStore   index, slabs, eviction
 * </pre>
 */
package dev.unmask.cache.store;
