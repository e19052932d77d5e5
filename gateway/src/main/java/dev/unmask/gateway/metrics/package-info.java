/** What the gateway tells Prometheus: from what others count, and from what its calls say. */
package dev.unmask.gateway.metrics;
