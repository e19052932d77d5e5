package dev.unmask.client.evaluation.task;

import java.nio.file.Path;

/**
 * A record that could not be read and was left out.
 *
 * @param file where it is
 * @param line its first line, from 1
 * @param reason what is wrong, with the field's name
 */
public record Malformed(Path file, int line, String reason) {
  @Override
  public String toString() {
    return file + ":" + line + ": " + reason;
  }
}
