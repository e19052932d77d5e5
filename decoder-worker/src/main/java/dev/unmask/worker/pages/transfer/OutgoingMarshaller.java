package dev.unmask.worker.pages.transfer;

import dev.unmask.pagecache.v1.WritePagesRequest;
import dev.unmask.wire.ChunkStream;
import io.grpc.MethodDescriptor.Marshaller;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;

/** Writes {@link WritePagesRequest} without a copy of its data, which comes last. */
final class OutgoingMarshaller implements Marshaller<OutgoingChunk> {
  @Override
  public InputStream stream(OutgoingChunk chunk) {
    var data =
        new ChunkStream.Data(WritePagesRequest.DATA_FIELD_NUMBER, chunk.header(), chunk.payload());
    return ChunkStream.of(fields(chunk), data, () -> {});
  }

  @Override
  public OutgoingChunk parse(InputStream stream) {
    throw new UnsupportedOperationException("requests are only written here");
  }

  private static WritePagesRequest fields(OutgoingChunk chunk) {
    var shipment = chunk.shipment();
    var fields =
        WritePagesRequest.newBuilder()
            .setNamespace(shipment.namespace())
            .setKey(chunk.page().key().toMessage())
            .setLength(chunk.page().recordBytes())
            .setOffset(chunk.offset());
    if (chunk.offset() == 0) {
      fields
          .setState(shipment.state().toMessage())
          .setCostMicros(TimeUnit.NANOSECONDS.toMicros(shipment.cost().toNanos()));
    }
    return fields.build();
  }
}
