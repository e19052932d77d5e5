/** What it costs to choose the steps of a forward. */
package dev.unmask.bench.scheduling;
