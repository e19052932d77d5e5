/** Which eviction policy of the cache-service keeps what will be asked for, on traces. */
package dev.unmask.bench.eviction;
