package dev.unmask.cache.wire;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import dev.unmask.pagecache.v1.ReadPagesResponse;
import dev.unmask.wire.ChunkStream;
import io.grpc.MethodDescriptor.Marshaller;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/** Writes {@link ReadPagesResponse} without a copy of its data. Safe for several threads. */
final class OutgoingMarshaller implements Marshaller<OutgoingChunk> {
  private static final int MOST_FIELD_BYTES = 64;
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  @Override
  public InputStream stream(OutgoingChunk chunk) {
    return switch (chunk) {
      case OutgoingChunk.Missing missing ->
          new ChunkStream(fields(missing), NOTHING.duplicate(), () -> {});
      case OutgoingChunk.Piece piece -> {
        var page = piece.page();
        page.hold();
        yield new ChunkStream(
            fields(piece), page.bytes().slice(piece.offset(), piece.size()), page::release);
      }
    };
  }

  @Override
  public OutgoingChunk parse(InputStream stream) {
    throw new UnsupportedOperationException("responses are only written here");
  }

  private static ByteBuffer fields(OutgoingChunk.Missing missing) {
    return ByteBuffer.wrap(
        ReadPagesResponse.newBuilder()
            .setKeyIndex(missing.keyIndex())
            .setMissing(true)
            .build()
            .toByteArray());
  }

  /** All fields but the data, then the data's tag and size: {@code data} is the last field. */
  private static ByteBuffer fields(OutgoingChunk.Piece piece) {
    byte[] bytes = new byte[MOST_FIELD_BYTES];
    var out = CodedOutputStream.newInstance(bytes);
    try {
      ReadPagesResponse.newBuilder()
          .setKeyIndex(piece.keyIndex())
          .setLength(piece.page().bytes().capacity())
          .setOffset(piece.offset())
          .build()
          .writeTo(out);
      out.writeTag(ReadPagesResponse.DATA_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
      out.writeUInt32NoTag(piece.size());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ByteBuffer.wrap(bytes, 0, out.getTotalBytesWritten());
  }
}
