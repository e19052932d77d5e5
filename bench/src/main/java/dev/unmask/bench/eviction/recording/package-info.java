/** Records which states a fleet asks its cache-service for. */
package dev.unmask.bench.eviction.recording;
