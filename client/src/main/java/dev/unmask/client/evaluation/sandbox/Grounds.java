package dev.unmask.client.evaluation.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Where the programs of answers are run.
 *
 * @param python the interpreter
 * @param sandbox what is around it
 */
public record Grounds(Path python, Sandbox sandbox) {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Where it is, after all the shims that lead there; a virtual environment has two prefixes. */
  private static final String QUESTION =
      """
      import sys
      assert sys.version_info >= (3, 9), "Python 3.9 or later is needed, this is " + sys.version
      print(sys.executable)
      for folder in dict.fromkeys((sys.prefix, sys.base_prefix, sys.exec_prefix,
                                   sys.base_exec_prefix)):
          print(folder)
      """;

  /**
   * Finds the interpreter and puts a sandbox around it that lets it see its own folders.
   *
   * @param python a command on the PATH or a path
   * @throws IsolationException when this machine cannot isolate code as asked
   * @throws IOException when there is no such interpreter
   * @throws InterruptedException when the thread is interrupted
   */
  public static Grounds open(String python, Isolation isolation)
      throws IOException, InterruptedException {
    var paths = answer(python).stream().map(Path::of).toList();
    var sandbox = Sandboxes.open(isolation, paths.subList(1, paths.size()));
    return new Grounds(paths.getFirst(), sandbox).tried();
  }

  /** A Python that does not start there would make every answer wrong. */
  Grounds tried() throws IOException, InterruptedException {
    var command = List.of(python.toString(), "-I", "-B", "-c", "import ast, json; print('fit')");
    var outcome = sandbox.run(new Job(command, "", Bounds.PROGRAM));
    if (outcome.exitCode() != 0 || !outcome.output().equals("fit\n")) {
      throw new IsolationException(python + " does not start in the sandbox: " + outcome);
    }
    return this;
  }

  private static List<String> answer(String python) throws IOException, InterruptedException {
    var process = started(python);
    if (!process.waitFor(PATIENCE)) {
      process.destroyForcibly();
      throw new IOException(python + " did not answer within " + PATIENCE.toSeconds() + " s");
    }
    var answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    var lines = answer.lines().toList();
    if (process.exitValue() != 0 || lines.size() < 2) {
      throw new IOException(python + " is no Python that we can use: " + answer.strip());
    }
    return lines;
  }

  private static Process started(String python) throws IOException {
    try {
      var process =
          new ProcessBuilder(python, "-I", "-c", QUESTION).redirectErrorStream(true).start();
      process.getOutputStream().close();
      return process;
    } catch (IOException e) {
      throw new IOException("there is no Python called " + python + ": " + e.getMessage(), e);
    }
  }
}
