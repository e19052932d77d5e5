/** Tokens a second on a CPU, as a worker serves them. */
package dev.unmask.bench.cpu;
