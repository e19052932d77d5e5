package dev.unmask.wire;

import io.grpc.Drainable;
import io.grpc.KnownLength;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/**
 * The bytes of one message on its way out: some fields, then the payload straight from where it
 * lies. Netty drains it before the message counts as sent; a transport that reads it later finds it
 * unchanged, because what protects the payload is given back only when the stream is closed. For
 * one thread at a time.
 */
public final class ChunkStream extends InputStream implements KnownLength, Drainable {
  /** gRPC takes bytes on the heap only. */
  private static final int PIECE_BYTES = 64 << 10;

  private static final ThreadLocal<byte[]> PIECES =
      ThreadLocal.withInitial(() -> new byte[PIECE_BYTES]);

  private final ByteBuffer fields;
  private final ByteBuffer payload;
  private Runnable release;

  /**
   * Fields and a payload.
   *
   * @param fields on the heap, ready to read; everything up to the payload
   * @param payload ready to read
   * @param release called once, when the payload is not needed any more
   */
  public ChunkStream(ByteBuffer fields, ByteBuffer payload, Runnable release) {
    this.fields = fields;
    this.payload = payload;
    this.release = release;
  }

  @Override
  public int drainTo(OutputStream target) throws IOException {
    int size = available();
    target.write(fields.array(), fields.arrayOffset() + fields.position(), fields.remaining());
    fields.position(fields.limit());
    byte[] piece = PIECES.get();
    while (payload.hasRemaining()) {
      int count = Math.min(piece.length, payload.remaining());
      payload.get(piece, 0, count);
      target.write(piece, 0, count);
    }
    return size;
  }

  @Override
  public int read() {
    var from = fields.hasRemaining() ? fields : payload;
    return from.hasRemaining() ? Byte.toUnsignedInt(from.get()) : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    var from = fields.hasRemaining() ? fields : payload;
    if (!from.hasRemaining()) {
      return length == 0 ? 0 : -1;
    }
    int count = Math.min(length, from.remaining());
    from.get(target, offset, count);
    return count;
  }

  @Override
  public int available() {
    return fields.remaining() + payload.remaining();
  }

  @Override
  public void close() {
    payload.position(payload.limit());
    var once = release;
    release = () -> {};
    once.run();
  }
}
