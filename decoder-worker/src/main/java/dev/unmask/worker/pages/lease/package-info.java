/** The worker's side of leases: one worker computes a state while the others wait for its pages. */
package dev.unmask.worker.pages.lease;
