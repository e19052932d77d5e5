/** What is between processes: gRPC's calls over links that delay, hold back and break. */
package dev.unmask.bench.simulation.link;
