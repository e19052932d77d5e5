package dev.unmask.cache.wire;

import dev.unmask.pagecache.v1.ReadPagesResponse;
import dev.unmask.wire.ChunkStream;
import io.grpc.MethodDescriptor.Marshaller;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** Writes {@link ReadPagesResponse} without a copy of its data. Safe for several threads. */
final class OutgoingMarshaller implements Marshaller<OutgoingChunk> {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  @Override
  public InputStream stream(OutgoingChunk chunk) {
    return switch (chunk) {
      case OutgoingChunk.Missing(int keyIndex) ->
          ChunkStream.of(
              ReadPagesResponse.newBuilder().setKeyIndex(keyIndex).setMissing(true).build());
      case OutgoingChunk.Piece piece -> {
        var page = piece.page();
        page.hold();
        yield ChunkStream.of(fields(piece), data(piece), page::release);
      }
    };
  }

  @Override
  public OutgoingChunk parse(InputStream stream) {
    throw new UnsupportedOperationException("responses are only written here");
  }

  private static ReadPagesResponse fields(OutgoingChunk.Piece piece) {
    return ReadPagesResponse.newBuilder()
        .setKeyIndex(piece.keyIndex())
        .setLength(piece.page().bytes().capacity())
        .setOffset(piece.offset())
        .build();
  }

  private static ChunkStream.Data data(OutgoingChunk.Piece piece) {
    var bytes = piece.page().bytes().slice(piece.offset(), piece.size());
    return new ChunkStream.Data(ReadPagesResponse.DATA_FIELD_NUMBER, NOTHING.duplicate(), bytes);
  }
}
