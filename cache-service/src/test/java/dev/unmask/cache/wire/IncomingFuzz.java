package dev.unmask.cache.wire;

import dev.unmask.fuzz.Finding;
import dev.unmask.pagecache.v1.WritePagesRequest;
import dev.unmask.type.v1.PageKey;
import io.grpc.StatusRuntimeException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * Bytes as messages of WritePages: what our own reader, which leaves the data where it lies, makes
 * of them is what the generated one does, where both take them.
 */
public final class IncomingFuzz {
  private static final IncomingMarshaller MARSHALLER = new IncomingMarshaller();

  private IncomingFuzz() {}

  /** The whole input is the message. */
  public static void fuzzerTestOneInput(byte[] input) {
    var ours = read(new Detaching(input));
    var generated = read(new ByteArrayInputStream(input));
    // Numbers of unknown fields that end nowhere are skipped by one and refused by the other.
    if (ours.isPresent() && generated.isPresent()) {
      var chunk = ours.orElseThrow();
      var other = generated.orElseThrow();
      Finding.unless(known(chunk).equals(known(other)), "two readers, two messages");
      Finding.unless(Arrays.equals(data(chunk), data(other)), "two readers, two pages");
    }
  }

  private static Optional<IncomingChunk> read(InputStream stream) {
    try {
      return Optional.of(MARSHALLER.parse(stream));
    } catch (StatusRuntimeException e) {
      return Optional.empty();
    }
  }

  /** Without fields of later versions, which only one of them keeps. */
  private static WritePagesRequest known(IncomingChunk chunk) {
    var fields = chunk.fields();
    var known =
        WritePagesRequest.newBuilder()
            .setNamespace(fields.getNamespace())
            .setKey(PageKey.newBuilder().setDigest(fields.getKey().getDigest()))
            .setLength(fields.getLength())
            .setOffset(fields.getOffset())
            .setCostMicros(fields.getCostMicros());
    if (fields.hasState()) {
      known.setState(PageKey.newBuilder().setDigest(fields.getState().getDigest()));
    }
    return known.build();
  }

  private static byte[] data(IncomingChunk chunk) {
    var data = ByteBuffer.allocate(chunk.size());
    chunk.copyTo(data);
    return data.array();
  }
}
