/** What the worker tells Prometheus. */
package dev.unmask.worker.metrics;
