package dev.unmask.client.evaluation.sandbox;

import java.util.List;

/**
 * A command to run.
 *
 * @param command an executable's absolute path and its arguments
 * @param input what its standard input gives, then ends
 * @param bounds how much it may use
 */
public record Job(List<String> command, String input, Bounds bounds) {
  public Job {
    command = List.copyOf(command);
    if (command.isEmpty()) {
      throw new IllegalArgumentException("command must name an executable");
    }
  }
}
