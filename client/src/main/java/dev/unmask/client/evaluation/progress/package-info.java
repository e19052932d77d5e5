/** How far an evaluation is, for people who wait. */
package dev.unmask.client.evaluation.progress;
