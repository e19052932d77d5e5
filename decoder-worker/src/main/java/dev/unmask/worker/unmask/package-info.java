/** Unmask policies: scores of eligible rows in, positions to commit out. Plain arrays only. */
package dev.unmask.worker.unmask;
