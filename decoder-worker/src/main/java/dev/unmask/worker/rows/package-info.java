/**
 * A step between policies and engine: which rows, by which mechanism, what is wanted and predicted.
 */
package dev.unmask.worker.rows;
