package dev.unmask.tls;

import dev.unmask.contract.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Files that are used together, and used anew when one of them has changed. */
final class WatchedFiles {
  private static final Logger LOG = LoggerFactory.getLogger(WatchedFiles.class);

  /** What is done with the files' bytes, in the order of their paths. */
  @FunctionalInterface
  interface Use {
    void with(List<byte[]> contents) throws IOException, GeneralSecurityException;
  }

  private final List<Path> paths;
  private final Use use;
  private List<byte[]> used = List.of();
  private Optional<String> complaint = Optional.empty();

  /**
   * Reads and uses them for the first time.
   *
   * @throws IllegalArgumentException naming the files and what is wrong with them
   */
  WatchedFiles(List<Path> paths, Use use) {
    this.paths = List.copyOf(paths);
    this.use = use;
    refresh(complaint -> {
      throw new IllegalArgumentException(complaint);
    });
  }

  /**
   * Uses them again if they changed; what is wrong with them is logged once, and changes nothing.
   */
  void refresh() {
    refresh(found -> {
      if (!complaint.equals(Optional.of(found))) {
        LOG.error("{}; what was read before stays in use", found);
      }
      complaint = Optional.of(found);
    });
  }

  private void refresh(Consumer<String> onFailure) {
    try {
      var contents = contents();
      if (!same(contents)) {
        use.with(contents);
        LOG.info("{} in use", paths);
        used = contents;
      }
      complaint = Optional.empty();
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      onFailure.accept("TLS files " + paths + ": " + e);
    }
  }

  private List<byte[]> contents() throws IOException {
    var contents = new ArrayList<byte[]>();
    for (var path : paths) {
      if (Files.size(path) > Limits.TLS_FILE_BYTES) {
        throw new IOException(path + " has more than " + Limits.TLS_FILE_BYTES + " bytes");
      }
      contents.add(Files.readAllBytes(path));
    }
    return contents;
  }

  private boolean same(List<byte[]> contents) {
    return used.size() == contents.size()
        && IntStream.range(0, used.size())
            .allMatch(i -> Arrays.equals(used.get(i), contents.get(i)));
  }
}
