/**
 * The Java client of a gateway: one class to call it, one for what it answers, one for how it
 * fails.
 */
package dev.unmask.client;
