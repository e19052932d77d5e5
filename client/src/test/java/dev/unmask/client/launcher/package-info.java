/** The launcher script, run for real on made-up machines. */
package dev.unmask.client.launcher;
