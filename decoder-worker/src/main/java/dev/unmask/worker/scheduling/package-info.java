/**
 * Who comes next: the steps of the next forward, and the requests that get a place. Pure: no clock,
 * no threads, no device, so that what is chosen is a function of what was put in, in which order.
 */
package dev.unmask.worker.scheduling;
