package dev.unmask.cache.wire;

import dev.unmask.pagecache.v1.WritePagesRequest;
import dev.unmask.wire.StreamBytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/**
 * A message of WritePages whose data still lies in the buffers it arrived in. For one thread;
 * closing it gives the buffers back.
 */
public final class IncomingChunk implements AutoCloseable {
  private final WritePagesRequest fields;
  private final int size;
  private final InputStream data;

  /**
   * Fields and where the data comes from.
   *
   * @param fields without the data
   * @param size of the data in bytes
   * @param data begins with the data; something may follow
   */
  IncomingChunk(WritePagesRequest fields, int size, InputStream data) {
    this.fields = fields;
    this.size = size;
    this.data = data;
  }

  /** All of the message but its data. */
  public WritePagesRequest fields() {
    return fields;
  }

  /** Bytes of the data. */
  public int size() {
    return size;
  }

  /** Copies the data, once, to a buffer's position. */
  public void copyTo(ByteBuffer target) {
    try {
      StreamBytes.copy(data, target.slice(target.position(), size));
    } catch (IOException e) {
      throw new UncheckedIOException("a message that was whole ended early", e);
    }
  }

  @Override
  public void close() {
    try {
      data.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
