package dev.unmask.wire;

import io.grpc.HasByteBuffer;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * Reads gRPC's incoming streams without a copy in between where the transport shows its buffers.
 */
public final class StreamBytes {
  private static final int PIECE = 8192;

  /** As much as the processor's nearest caches hold twice. */
  private static final int CACHED = 64 << 10;

  private StreamBytes() {}

  /** Fills a buffer from its position to its limit. */
  public static void copy(InputStream from, ByteBuffer to) throws IOException {
    copy(from, to, _ -> {});
  }

  /**
   * Fills a buffer from its position to its limit.
   *
   * @param seen is shown each piece as soon as it is there
   */
  public static void copy(InputStream from, ByteBuffer to, Consumer<ByteBuffer> seen)
      throws IOException {
    if (from instanceof HasByteBuffer buffers && buffers.byteBufferSupported()) {
      copyBuffers(from, buffers, to, seen);
    } else {
      copyPieces(from, to, seen);
    }
  }

  private static void copyBuffers(
      InputStream from, HasByteBuffer buffers, ByteBuffer to, Consumer<ByteBuffer> seen)
      throws IOException {
    while (to.hasRemaining()) {
      var here = buffers.getByteBuffer();
      if (here == null || !here.hasRemaining()) {
        throw new EOFException();
      }
      int size = Math.min(Math.min(here.remaining(), to.remaining()), CACHED);
      to.put(here.slice(here.position(), size));
      seen.accept(to.slice(to.position() - size, size));
      from.skipNBytes(size);
    }
  }

  private static void copyPieces(InputStream from, ByteBuffer to, Consumer<ByteBuffer> seen)
      throws IOException {
    byte[] piece = new byte[Math.min(PIECE, to.remaining())];
    while (to.hasRemaining()) {
      int size = from.readNBytes(piece, 0, Math.min(piece.length, to.remaining()));
      if (size == 0) {
        throw new EOFException();
      }
      to.put(piece, 0, size);
      seen.accept(to.slice(to.position() - size, size));
    }
  }
}
