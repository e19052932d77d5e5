package dev.unmask.cache.states;

import dev.unmask.cache.eviction.EvictionPolicy;
import dev.unmask.cache.store.StateName;

/**
 * Slots of one size, and the order in which states that have some are given up for others.
 *
 * @param slotBytes size of each
 * @param slots how many
 * @param order a policy of its own
 */
public record Room(int slotBytes, int slots, EvictionPolicy<StateName> order) {}
