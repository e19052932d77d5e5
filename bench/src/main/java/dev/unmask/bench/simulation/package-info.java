/**
 * The whole fleet in one thread and virtual time: real parts, a scripted model, links and processes
 * that fail as a seed says, and the design's invariants checked after every event.
 */
package dev.unmask.bench.simulation;
