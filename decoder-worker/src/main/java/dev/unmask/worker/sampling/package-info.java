/** How a token is drawn from a row's distribution. */
package dev.unmask.worker.sampling;
