/**
 * Which state is given up first: one policy a file, behind {@link
 * dev.unmask.cache.eviction.EvictionPolicy}. They know sizes, costs and uses of states and nothing
 * of pages, slots or files.
 */
package dev.unmask.cache.eviction;
