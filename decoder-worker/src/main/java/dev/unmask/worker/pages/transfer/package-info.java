/**
 * Pages over the wire: read straight into the memory the engine takes them from, checked as each is
 * whole, and written in chunks.
 */
package dev.unmask.worker.pages.transfer;
