/** The worker's own calls, generations, step loop, policies and exchange, over a scripted model. */
package dev.unmask.bench.simulation.worker;
