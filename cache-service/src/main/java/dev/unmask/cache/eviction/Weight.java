package dev.unmask.cache.eviction;

/**
 * What keeping a state costs and saves.
 *
 * @param bytes it takes, at least 1
 * @param costMicros what computing it took, in microseconds; 0 if nobody said
 */
public record Weight(long bytes, long costMicros) {}
