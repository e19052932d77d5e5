/**
 * Golden replay: runs published traces of the methods' original implementations through a model and
 * compares every step. Knows the traces' format and nothing of how a model computes.
 */
package dev.unmask.worker.replay;
