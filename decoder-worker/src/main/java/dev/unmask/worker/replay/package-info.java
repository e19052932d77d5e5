/**
 * Golden replay: runs published traces of the methods' original implementations through a model and
 * compares every step.
 */
package dev.unmask.worker.replay;
