package dev.unmask.cache.lease;

import dev.unmask.page.PageKey;

/**
 * What a lease is of. Its namespace is part of it, so that no lease reaches another namespace, even
 * if a name leaks.
 *
 * @param namespace whose state
 * @param name of the state
 */
public record LeasedState(String namespace, PageKey name) {}
