package dev.unmask.client.evaluation.sandbox;

import java.io.IOException;

/** Runs commands where they can do no harm. Safe for use by several threads. */
@FunctionalInterface
public interface Sandbox {
  /**
   * Runs one command in a fresh, empty folder. When this returns, none of its processes is left.
   *
   * @throws IOException when the command cannot be started
   * @throws InterruptedException when the thread is interrupted; the command is killed
   */
  Outcome run(Job job) throws IOException, InterruptedException;
}
