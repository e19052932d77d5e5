package dev.unmask.page;

import dev.unmask.type.v1.PageEncoding;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What a context's names are digests of: its fields, each with its length, in a fixed order. */
final class ContextText {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final DataOutputStream text = new DataOutputStream(bytes);

  /**
   * Begins with what every context has.
   *
   * @param kind of context: no two kinds share one
   */
  ContextText(int kind, String namespace, byte[] program) {
    with(kind).with(namespace.getBytes(StandardCharsets.UTF_8)).with(program);
  }

  /**
   * An encoding that is part of a name.
   *
   * @throws IllegalArgumentException if it is none
   */
  static PageEncoding named(PageEncoding encoding) {
    if (encoding == PageEncoding.PAGE_ENCODING_UNSPECIFIED
        || encoding == PageEncoding.UNRECOGNIZED) {
      throw new IllegalArgumentException("an encoding is part of the name");
    }
    return encoding;
  }

  ContextText with(int number) {
    try {
      text.writeInt(number);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory does not fail", e);
    }
  }

  ContextText with(byte[] field) {
    with(field.length);
    bytes.writeBytes(field);
    return this;
  }

  ContextText with(int[] field) {
    with(field.length);
    for (int number : field) {
      with(number);
    }
    return this;
  }

  PageNames names(byte[] secret) {
    return new PageNames(PageNames.hmac(secret, ByteBuffer.wrap(bytes.toByteArray())));
  }
}
