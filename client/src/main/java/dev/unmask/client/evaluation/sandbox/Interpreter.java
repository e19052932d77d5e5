package dev.unmask.client.evaluation.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A Python that is installed here.
 *
 * @param executable its program, after all the shims that lead there
 * @param folders where it and its library are
 */
record Interpreter(Path executable, List<Path> folders) {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Its folders; a virtual environment has two prefixes. */
  private static final String QUESTION =
      """
      import os, sys
      assert sys.version_info >= (3, 9), "Python 3.9 or later is needed, this is " + sys.version
      print(sys.executable)
      for folder in dict.fromkeys((sys.prefix, sys.base_prefix, sys.exec_prefix,
                                   sys.base_exec_prefix)):
          print(folder)
      """;

  static Interpreter find(String command) throws IOException, InterruptedException {
    var process = started(command);
    if (!process.waitFor(PATIENCE)) {
      process.destroyForcibly();
      throw new IOException(command + " did not answer within " + PATIENCE.toSeconds() + " s");
    }
    var answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    var lines = answer.lines().toList();
    if (process.exitValue() != 0 || lines.size() < 2) {
      throw new IOException(command + " is no Python that we can use: " + answer.strip());
    }
    var paths = lines.stream().map(Path::of).toList();
    return new Interpreter(paths.getFirst(), paths.subList(1, paths.size()));
  }

  private static Process started(String command) throws IOException {
    try {
      var process =
          new ProcessBuilder(command, "-I", "-c", QUESTION).redirectErrorStream(true).start();
      process.getOutputStream().close();
      return process;
    } catch (IOException e) {
      throw new IOException("there is no Python called " + command + ": " + e.getMessage(), e);
    }
  }
}
