package dev.unmask.cache.wire;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.ExtensionRegistryLite;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import dev.unmask.pagecache.v1.WritePagesRequest;
import dev.unmask.type.v1.PageKey;
import io.grpc.Detachable;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads {@link WritePagesRequest} and leaves its data where it is. Fields may come in any order, as
 * protobuf allows: the message is walked through once, then the stream goes back to the data.
 * Stateless.
 */
final class IncomingMarshaller implements Marshaller<IncomingChunk> {
  private static final int LOOK_AHEAD_BYTES = 256;

  @Override
  public InputStream stream(IncomingChunk chunk) {
    throw new UnsupportedOperationException("requests are only read here");
  }

  @Override
  public IncomingChunk parse(InputStream stream) {
    try {
      return stream instanceof Detachable && stream.markSupported()
          ? detached(stream)
          : copied(stream);
    } catch (InvalidProtocolBufferException e) {
      throw Status.INTERNAL
          .withDescription("invalid protobuf message")
          .withCause(e)
          .asRuntimeException();
    } catch (IOException e) {
      throw Status.INTERNAL.withCause(e).asRuntimeException();
    }
  }

  private static IncomingChunk detached(InputStream stream) throws IOException {
    stream.mark(stream.available());
    var walk = new Walk();
    walk.through(CodedInputStream.newInstance(stream, LOOK_AHEAD_BYTES));
    stream.reset();
    stream.skipNBytes(walk.dataAt);
    return new IncomingChunk(walk.fields.build(), walk.dataSize, ((Detachable) stream).detach());
  }

  /** Of a transport whose buffers cannot be kept, such as the one inside a process. */
  private static IncomingChunk copied(InputStream stream) throws IOException {
    var message = WritePagesRequest.parseFrom(stream);
    byte[] data = message.getData().toByteArray();
    return new IncomingChunk(
        message.toBuilder().clearData().build(), data.length, new ByteArrayInputStream(data));
  }

  /** One pass over a message. */
  private static final class Walk {
    private final WritePagesRequest.Builder fields = WritePagesRequest.newBuilder();
    private int dataAt;
    private int dataSize;

    void through(CodedInputStream in) throws IOException {
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        if (WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_VARINT) {
          number(tag, in);
        } else {
          bytes(tag, in);
        }
      }
    }

    private void number(int tag, CodedInputStream in) throws IOException {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case WritePagesRequest.LENGTH_FIELD_NUMBER -> fields.setLength(in.readUInt64());
        case WritePagesRequest.OFFSET_FIELD_NUMBER -> fields.setOffset(in.readUInt64());
        case WritePagesRequest.COST_MICROS_FIELD_NUMBER -> fields.setCostMicros(in.readUInt64());
        default -> in.skipField(tag);
      }
    }

    private void bytes(int tag, CodedInputStream in) throws IOException {
      if (WireFormat.getTagWireType(tag) != WireFormat.WIRETYPE_LENGTH_DELIMITED) {
        in.skipField(tag);
        return;
      }
      switch (WireFormat.getTagFieldNumber(tag)) {
        case WritePagesRequest.NAMESPACE_FIELD_NUMBER ->
            fields.setNamespace(in.readStringRequireUtf8());
        case WritePagesRequest.KEY_FIELD_NUMBER -> merge(fields.getKeyBuilder(), in);
        case WritePagesRequest.STATE_FIELD_NUMBER -> merge(fields.getStateBuilder(), in);
        case WritePagesRequest.DATA_FIELD_NUMBER -> {
          dataSize = in.readRawVarint32();
          dataAt = in.getTotalBytesRead();
          in.skipRawBytes(dataSize);
        }
        default -> in.skipField(tag);
      }
    }

    /** One that stands twice is one message in two pieces: even an empty digest takes effect. */
    private static void merge(PageKey.Builder key, CodedInputStream in) throws IOException {
      in.readMessage(key, ExtensionRegistryLite.getEmptyRegistry());
    }
  }
}
