/** Tells gateways what a worker's device holds, as it happens. */
package dev.unmask.worker.api.watch;
