/** Says whether an answer is right: numbers, mathematics, programs and plain text. */
package dev.unmask.client.evaluation.grading;
