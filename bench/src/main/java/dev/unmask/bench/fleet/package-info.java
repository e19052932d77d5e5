/** A gateway and what lies behind it as processes, and requests that come to it. */
package dev.unmask.bench.fleet;
