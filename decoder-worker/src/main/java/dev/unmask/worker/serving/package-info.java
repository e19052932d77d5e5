/** A request's way through the worker: a slot, a looked-up state, the decode loop, the events. */
package dev.unmask.worker.serving;
