/**
 * What changes with the size of a fleet: real gateways and routing, workers that only take time.
 */
package dev.unmask.bench.simulation.size;
