/**
 * One model forward for several requests: what each adds to it, how it is run, and what is read of
 * it. Slots are positions of the device's pool of keys and values.
 */
package dev.unmask.worker.engine.forward;
