package dev.unmask.cache.wire;

import io.grpc.Detachable;
import java.io.ByteArrayInputStream;
import java.io.InputStream;

/** Bytes in a stream that can be detached, as those of a network transport can. */
final class Detaching extends ByteArrayInputStream implements Detachable {
  Detaching(byte[] bytes) {
    super(bytes);
  }

  @Override
  public InputStream detach() {
    var rest = new ByteArrayInputStream(buf, pos, count - pos);
    pos = count;
    return rest;
  }
}
