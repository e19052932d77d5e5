/**
 * Who computes a state that is not there yet: one caller gets the lease, the others wait for it.
 * Leases are in memory only; a restart forgets them, and whoever waited then computes.
 */
package dev.unmask.cache.lease;
