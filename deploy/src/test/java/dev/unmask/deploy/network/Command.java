package dev.unmask.deploy.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Commands of {@code ip} and {@code tc}. */
final class Command {
  private Command() {}

  /**
   * Runs one, words with blanks between.
   *
   * @return what it printed
   * @throws IllegalStateException if it fails, with what it printed
   */
  static String run(String words) {
    try {
      var process =
          new ProcessBuilder(List.of(words.split(" ", -1))).redirectErrorStream(true).start();
      var printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(words + ": " + printed.strip());
      }
      return printed;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted: " + words, e);
    }
  }

  /** Runs one that may fail, as what it would remove may be gone. */
  static void attempt(String words) {
    try {
      run(words);
    } catch (IllegalStateException | UncheckedIOException e) {
      System.err.println(e.getMessage());
    }
  }
}
