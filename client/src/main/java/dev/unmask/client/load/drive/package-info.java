/** Sending requests, by a schedule or one after the other, and watching what becomes of them. */
package dev.unmask.client.load.drive;
