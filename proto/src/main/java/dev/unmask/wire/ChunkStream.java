package dev.unmask.wire;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.MessageLite;
import com.google.protobuf.WireFormat;
import io.grpc.Drainable;
import io.grpc.KnownLength;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/**
 * The bytes of one message on its way out: its fields, the last of them a payload straight from
 * where it lies. Netty drains it before the message counts as sent; a transport that reads it later
 * finds it unchanged, because what protects the payload is given back only when the stream is
 * closed. For one thread at a time.
 */
public final class ChunkStream extends InputStream implements KnownLength, Drainable {
  /** gRPC takes bytes on the heap only. */
  private static final int PIECE_BYTES = 64 << 10;

  private static final ThreadLocal<byte[]> PIECES =
      ThreadLocal.withInitial(() -> new byte[PIECE_BYTES]);

  /** Tag and size of a field of bytes take no more. */
  private static final int MOST_PREFIX_BYTES = 10;

  private final ByteBuffer fields;
  private final ByteBuffer payload;
  private Runnable release;

  private ChunkStream(ByteBuffer fields, ByteBuffer payload, Runnable release) {
    this.fields = fields;
    this.payload = payload;
    this.release = release;
  }

  /**
   * A field of bytes.
   *
   * @param number of the field
   * @param head its first bytes, ready to read; copied at once
   * @param payload the others, ready to read
   */
  public record Data(int number, ByteBuffer head, ByteBuffer payload) {}

  /** A message without a payload. */
  public static ChunkStream of(MessageLite message) {
    return new ChunkStream(
        ByteBuffer.wrap(message.toByteArray()), ByteBuffer.allocate(0), () -> {});
  }

  /**
   * A message with a payload, which comes last.
   *
   * @param message all other fields
   * @param data the payload's
   * @param release called once, when the payload is not needed any more
   */
  public static ChunkStream of(MessageLite message, Data data, Runnable release) {
    int head = data.head().remaining();
    byte[] bytes = new byte[message.getSerializedSize() + MOST_PREFIX_BYTES + head];
    var out = CodedOutputStream.newInstance(bytes);
    try {
      message.writeTo(out);
      out.writeTag(data.number(), WireFormat.WIRETYPE_LENGTH_DELIMITED);
      out.writeUInt32NoTag(head + data.payload().remaining());
      out.write(data.head().duplicate());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var fields = ByteBuffer.wrap(bytes, 0, out.getTotalBytesWritten());
    return new ChunkStream(fields, data.payload().duplicate(), release);
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
