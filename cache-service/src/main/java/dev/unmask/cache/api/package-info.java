/** The edge: translates calls of {@code PageCacheService} to the page store, and nothing else. */
package dev.unmask.cache.api;
