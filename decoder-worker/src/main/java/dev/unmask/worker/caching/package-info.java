/** Cache policies: which rows a step computes and what it keeps. Plain arrays only. */
package dev.unmask.worker.caching;
