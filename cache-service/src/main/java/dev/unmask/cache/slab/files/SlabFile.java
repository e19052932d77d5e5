package dev.unmask.cache.slab.files;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;

/**
 * A mapped file, longer than two gigabytes if need be. It is sparse: its blocks are taken from the
 * disk by {@link #allocate}, because a store to a hole of a full disk ends the process, while a
 * write to it only fails. (A file system that copies on write may still run out later.) Safe for
 * several threads.
 */
public final class SlabFile implements AutoCloseable {
  private static final int PIECE_BYTES = 1 << 20;

  /** Not a channel, which an interrupt of any writer would close for all. */
  private final RandomAccessFile file;

  private final MemorySegment memory;
  private final long writtenBytes;

  /**
   * Opens or makes a file of that length.
   *
   * @throws IOException if it cannot be made so long
   */
  public SlabFile(Path path, long bytes, Arena arena) throws IOException {
    file = new RandomAccessFile(path.toFile(), "rw");
    try {
      writtenBytes = Math.min(bytes, file.length());
      memory = file.getChannel().map(MapMode.READ_WRITE, 0, bytes, arena);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /** All of it. */
  public MemorySegment memory() {
    return memory;
  }

  /** Takes the blocks of whatever was not there when the file was opened. */
  public void allocateNew() throws IOException {
    allocate(writtenBytes, memory.byteSize() - writtenBytes);
  }

  /**
   * Takes blocks from the disk and fills them with zeros.
   *
   * @throws IOException if the disk is full
   */
  public void allocate(long offset, long bytes) throws IOException {
    byte[] zeros = new byte[(int) Math.min(PIECE_BYTES, bytes)];
    synchronized (file) {
      for (long done = 0; done < bytes; done += zeros.length) {
        file.seek(offset + done);
        file.write(zeros, 0, (int) Math.min(zeros.length, bytes - done));
      }
    }
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
