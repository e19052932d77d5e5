package dev.unmask.worker.pages;

import dev.unmask.worker.pages.encoding.Transcription;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Memory that pages are read into, or written from.
 *
 * @param content what the pages make together
 * @param payloads direct buffers, one a page, in the order of {@link State#pages}; all bytes from 0
 *     to the capacity
 * @param transcription between content and payloads
 * @param release gives the memory back
 */
public record Room<T>(
    T content, List<ByteBuffer> payloads, Transcription transcription, Runnable release)
    implements AutoCloseable {
  public Room {
    payloads = List.copyOf(payloads);
  }

  /** Whose payloads are the content itself. */
  public Room(T content, List<ByteBuffer> payloads, Runnable release) {
    this(content, payloads, Transcription.none(), release);
  }

  @Override
  public void close() {
    release.run();
  }
}
