package dev.unmask.worker.pages.transfer;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import dev.unmask.pagecache.v1.WritePagesRequest;
import dev.unmask.wire.ChunkStream;
import dev.unmask.worker.pages.transfer.PageWriteCall.Shipment;
import io.grpc.MethodDescriptor.Marshaller;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

/**
 * Writes {@link WritePagesRequest} without a copy of its data, which comes last. For the chunks of
 * one shipment.
 */
final class OutgoingMarshaller implements Marshaller<OutgoingChunk> {
  /** Tag and size of the data. */
  private static final int MOST_DATA_FIELD_BYTES = 8;

  private final Shipment shipment;

  OutgoingMarshaller(Shipment shipment) {
    this.shipment = shipment;
  }

  @Override
  public InputStream stream(OutgoingChunk chunk) {
    return new ChunkStream(fields(chunk), chunk.payload().duplicate(), () -> {});
  }

  @Override
  public OutgoingChunk parse(InputStream stream) {
    throw new UnsupportedOperationException("requests are only written here");
  }

  /** All up to the payload: the fields but the data, its tag and size, and the record's header. */
  private ByteBuffer fields(OutgoingChunk chunk) {
    var fields = message(chunk);
    int header = chunk.header().remaining();
    byte[] bytes = new byte[fields.getSerializedSize() + MOST_DATA_FIELD_BYTES + header];
    var out = CodedOutputStream.newInstance(bytes);
    try {
      fields.writeTo(out);
      out.writeTag(WritePagesRequest.DATA_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
      out.writeUInt32NoTag(chunk.size());
      out.write(chunk.header().duplicate());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ByteBuffer.wrap(bytes, 0, out.getTotalBytesWritten());
  }

  private WritePagesRequest message(OutgoingChunk chunk) {
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
