package dev.unmask.worker.pages;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * Memory that pages are read into, or written from.
 *
 * @param content what the pages make together
 * @param payloads direct buffers, one a page, in the order of {@link State#pages}; all bytes from 0
 *     to the capacity
 * @param release gives the memory back
 */
public record Room<T>(T content, List<ByteBuffer> payloads, Runnable release)
    implements AutoCloseable {
  public Room {
    payloads = List.copyOf(payloads);
  }

  @Override
  public void close() {
    release.run();
  }
}
