/** How fast pages travel: our ways against Redis, in rounds of one run. */
package dev.unmask.bench.transport;
