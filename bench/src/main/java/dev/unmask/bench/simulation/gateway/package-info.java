/**
 * The gateway's own calls, gate, router and sessions, and clients that check what they are told.
 */
package dev.unmask.bench.simulation.gateway;
