/**
 * Asking a gateway the questions of a benchmark: several at once, several methods in turn, kept on
 * disk as they are answered, so that an interrupted run goes on where it was.
 */
package dev.unmask.client.evaluation.run;
