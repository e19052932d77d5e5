package dev.unmask.worker.engine.host;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Host memory for pages on their way to or from a device. Safe to hand from thread to thread; it
 * must not be read or written any more once it is closed.
 *
 * @param bytes aligned to 64
 * @param release frees them
 */
public record HostMemory(MemorySegment bytes, Runnable release) implements AutoCloseable {
  private static final int ALIGNMENT = 64;

  /** Memory of the process's own, which a GPU takes through a copy of the driver's. */
  public static HostMemory unpinned(long size) {
    var arena = Arena.ofShared();
    return new HostMemory(arena.allocate(Math.max(1, size), ALIGNMENT), arena::close);
  }

  @Override
  public void close() {
    release.run();
  }
}
