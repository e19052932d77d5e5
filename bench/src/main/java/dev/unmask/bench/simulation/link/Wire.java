package dev.unmask.bench.simulation.link;

import io.grpc.Drainable;
import io.grpc.KnownLength;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Messages as bytes: what marshallers write, and what they read. */
final class Wire {
  private Wire() {}

  /** All of a message that a marshaller made a stream of. */
  static byte[] bytes(InputStream message) {
    try (message) {
      if (message instanceof Drainable drainable) {
        var bytes = new ByteArrayOutputStream(Math.max(1, message.available()));
        drainable.drainTo(bytes);
        return bytes.toByteArray();
      }
      return message.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** For a marshaller to read. */
  static InputStream stream(byte... bytes) {
    return new Message(bytes);
  }

  private static final class Message extends ByteArrayInputStream implements KnownLength {
    Message(byte... bytes) {
      super(bytes);
    }
  }
}
