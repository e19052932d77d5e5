/** What the shipped dashboards and alerts show of a running fleet, asked of a real Prometheus. */
package dev.unmask.bench.observability;
