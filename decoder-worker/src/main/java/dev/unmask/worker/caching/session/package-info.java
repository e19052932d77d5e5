/**
 * What a cache policy does for one request: rows to compute before a step, what was seen after it.
 */
package dev.unmask.worker.caching.session;
