/** Reads mathematics out of TeX and plain text. */
package dev.unmask.client.evaluation.grading.math.reading;
