/** What the cache-service's store takes of a machine: memory, and time to start. */
package dev.unmask.bench.store;
