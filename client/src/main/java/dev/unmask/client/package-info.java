/** The Java client of a gateway. */
package dev.unmask.client;
