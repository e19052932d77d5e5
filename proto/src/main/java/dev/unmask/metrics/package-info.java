/** How a service tells Prometheus of itself. */
package dev.unmask.metrics;
