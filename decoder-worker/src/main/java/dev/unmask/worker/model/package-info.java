/** Checkpoint folders as published: what they must hold, and where it lies in memory. */
package dev.unmask.worker.model;
