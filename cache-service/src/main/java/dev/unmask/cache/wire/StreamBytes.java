package dev.unmask.cache.wire;

import io.grpc.HasByteBuffer;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * Reads gRPC's incoming streams without a copy in between where the transport shows its buffers.
 */
final class StreamBytes {
  private static final int PIECE = 8192;

  private StreamBytes() {}

  /** Fills a buffer from its position to its limit. */
  static void copy(InputStream from, ByteBuffer to) throws IOException {
    if (from instanceof HasByteBuffer buffers && buffers.byteBufferSupported()) {
      copyBuffers(from, buffers, to);
    } else {
      copyPieces(from, to);
    }
  }

  private static void copyBuffers(InputStream from, HasByteBuffer buffers, ByteBuffer to)
      throws IOException {
    while (to.hasRemaining()) {
      var here = buffers.getByteBuffer();
      if (here == null || !here.hasRemaining()) {
        throw new EOFException();
      }
      int size = Math.min(here.remaining(), to.remaining());
      to.put(here.slice(here.position(), size));
      from.skipNBytes(size);
    }
  }

  private static void copyPieces(InputStream from, ByteBuffer to) throws IOException {
    byte[] piece = new byte[Math.min(PIECE, to.remaining())];
    while (to.hasRemaining()) {
      int size = from.readNBytes(piece, 0, Math.min(piece.length, to.remaining()));
      if (size == 0) {
        throw new EOFException();
      }
      to.put(piece, 0, size);
    }
  }
}
