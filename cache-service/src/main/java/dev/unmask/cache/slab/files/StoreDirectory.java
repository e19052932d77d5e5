package dev.unmask.cache.slab.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The folder of a store: owned by one process at a time ({@code lock}), thrown away when its slot
 * classes change ({@code layout}), marked while it is at rest ({@code clean}). Files are sparse: a
 * slot takes room on disk once it is used.
 */
public final class StoreDirectory implements AutoCloseable {
  private static final String FORMAT = "unmask slabs 2";

  private final Path path;
  private final FileChannel lock;
  private final boolean clean;

  /**
   * Takes the folder, makes it if need be.
   *
   * @param layout what the files look like, for comparison
   * @throws IOException if it cannot be used, or another process has it
   */
  public StoreDirectory(Path path, String layout) throws IOException {
    this.path = Files.createDirectories(path);
    this.lock = take(path.resolve("lock"));
    try {
      adopt(FORMAT + "\n" + layout);
      this.clean = Files.deleteIfExists(path.resolve("clean"));
    } catch (IOException e) {
      lock.close();
      throw e;
    }
  }

  /** The folder. */
  public Path path() {
    return path;
  }

  /** Whether the last process stopped in order. */
  public boolean clean() {
    return clean;
  }

  /** Maps a file of that length. */
  public SlabFile map(String name, long bytes, Arena arena) throws IOException {
    return new SlabFile(path.resolve(name), bytes, arena);
  }

  /** Says that everything is written: the next start may trust what it finds. */
  public void markClean() throws IOException {
    Files.writeString(path.resolve("clean"), "");
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FileChannel take(Path file) throws IOException {
    var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw new IOException("the page store in " + file.getParent() + " is open already", e);
    }
    channel.close();
    throw new IOException("another process uses the page store in " + file.getParent());
  }

  private void adopt(String layout) throws IOException {
    var file = path.resolve("layout");
    if (Files.exists(file) && Files.readString(file).equals(layout)) {
      return;
    }
    try (var slabs = Files.newDirectoryStream(path, "slab-*")) {
      for (var slab : slabs) {
        Files.delete(slab);
      }
    }
    Files.writeString(file, layout);
  }
}
