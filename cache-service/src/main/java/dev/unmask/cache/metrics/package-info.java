/** What the cache-service tells Prometheus, from what others count. */
package dev.unmask.cache.metrics;
