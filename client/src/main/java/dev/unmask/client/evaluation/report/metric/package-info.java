/** Figures of results: accuracy, speed, latency and cost. */
package dev.unmask.client.evaluation.report.metric;
