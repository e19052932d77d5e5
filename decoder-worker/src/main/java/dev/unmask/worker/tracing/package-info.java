/**
 * What the worker adds to traces: where a request's time went, and which forwards made its steps.
 */
package dev.unmask.worker.tracing;
