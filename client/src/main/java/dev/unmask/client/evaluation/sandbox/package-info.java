/** Runs programs that nobody has read: bounded in time, memory and reach, gone afterwards. */
package dev.unmask.client.evaluation.sandbox;
