package dev.unmask.client.evaluation.sandbox;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Where the programs of answers are run.
 *
 * @param python the interpreter
 * @param sandbox what is around it
 */
public record Grounds(Path python, Sandbox sandbox) {
  /**
   * Finds the interpreter and puts a sandbox around it.
   *
   * @param python a command on the PATH or a path
   * @throws IsolationException when this machine cannot isolate code as asked
   * @throws IOException when there is no such interpreter
   * @throws InterruptedException when the thread is interrupted
   */
  public static Grounds open(String python, Isolation isolation)
      throws IOException, InterruptedException {
    var interpreter = Interpreter.find(python);
    return new Grounds(
        interpreter.executable(), Sandboxes.open(isolation, interpreter.folders()));
  }
}
