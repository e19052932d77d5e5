/** The worker's gRPC edge: messages in, domain calls, messages out. */
package dev.unmask.worker.api;
