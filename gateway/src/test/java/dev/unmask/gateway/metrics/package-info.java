/** What the gateway tells Prometheus. */
package dev.unmask.gateway.metrics;
