package dev.unmask.cache.store;

import dev.unmask.page.PageKey;

/**
 * Name of a state in the store.
 *
 * @param namespace whose it is
 * @param key its name there
 */
public record StateName(String namespace, PageKey key) {}
