/**
 * The cache-service's own states, policies, leases and calls, over slots in memory instead of
 * mapped files.
 */
package dev.unmask.bench.simulation.cache;
