/** The models of a worker: loaded from their folders, and what is told of each. */
package dev.unmask.worker.serving.models;
