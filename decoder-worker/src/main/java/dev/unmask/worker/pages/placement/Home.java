package dev.unmask.worker.pages.placement;

import dev.unmask.page.PageKey;

/**
 * Where pages are: those of one namespace with one such name are in one cache-service.
 *
 * @param namespace whose they are
 * @param key chooses the instance
 */
public record Home(String namespace, PageKey key) {}
