/** Virtual time: one queue of events, one thread, and virtual threads that run on it. */
package dev.unmask.bench.simulation.time;
