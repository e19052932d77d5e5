package dev.unmask.prompt;

import dev.unmask.contract.Limits;
import dev.unmask.digest.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Digests pieces, each with the digest of the one before, at most {@link Limits#PROMPT_PIECES}.
 * What a piece is digested with is told apart by lengths, so that no two prompts look alike. Used
 * by one thread.
 */
final class PieceChain {
  private final List<Long> digests = new ArrayList<>();
  private byte[] link;

  PieceChain(String namespace, String model) {
    link = Sha256.of(framed(utf8("prompt pieces 1"), utf8(namespace), utf8(model)));
  }

  boolean full() {
    return digests.size() == Limits.PROMPT_PIECES;
  }

  /**
   * The next piece; nothing happens once the chain is full.
   *
   * @param kind what it is a piece of
   */
  void add(String kind, byte[] piece) {
    if (!full()) {
      link = Sha256.of(framed(link, utf8(kind), piece));
      digests.add(ByteBuffer.wrap(link).getLong());
    }
  }

  Pieces pieces() {
    return new Pieces(digests);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] framed(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += Integer.BYTES + part.length;
    }
    var all = ByteBuffer.allocate(length);
    for (byte[] part : parts) {
      all.putInt(part.length).put(part);
    }
    return all.array();
  }
}
