/**
 * Which decoding method of a model a request gets that says what it prefers. It was measured, and
 * lies beside the model.
 */
package dev.unmask.worker.preference;
