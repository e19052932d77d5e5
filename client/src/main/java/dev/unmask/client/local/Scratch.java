package dev.unmask.client.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/**
 * A temporary folder that is gone in the end.
 *
 * @param folder where it is
 */
public record Scratch(Path folder) implements AutoCloseable {
  /** Makes one with an empty name of its own. */
  public static Scratch create() throws IOException {
    return new Scratch(Files.createTempDirectory("unmask-"));
  }

  @Override
  public void close() {
    if (!Files.exists(folder)) {
      return;
    }
    try (var paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
