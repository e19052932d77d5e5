/** Reads the records of a benchmark's file and says what is wrong with those it cannot read. */
package dev.unmask.client.evaluation.task.file;
