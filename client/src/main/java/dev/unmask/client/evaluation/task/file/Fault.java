package dev.unmask.client.evaluation.task.file;

/**
 * A record that could not be read.
 *
 * @param line its first line, from 1
 * @param reason what is wrong with it
 */
public record Fault(int line, String reason) {}
