package dev.unmask.client.document;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file of text that is written whole or not at all. */
public final class WholeFile {
  private WholeFile() {}

  /**
   * Writes it, over what is there.
   *
   * @throws IOException when it cannot be written; what was there is still there
   */
  public static void write(Path file, String text) throws IOException {
    var part = file.resolveSibling(file.getFileName() + ".part");
    Files.writeString(part, text);
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
  }
}
