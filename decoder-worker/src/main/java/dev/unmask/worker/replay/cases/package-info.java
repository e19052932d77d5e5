/** Reads golden traces: what was run, in our words, and what it did. */
package dev.unmask.worker.replay.cases;
