/**
 * Files of a checkpoint, which may come from anywhere: bounded JSON, tensors mapped into memory.
 */
package dev.unmask.worker.model.files;
