package dev.unmask.page;

import dev.unmask.digest.Sha256;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A chained digest of leading tokens, piece by piece: each link is a digest of the one before and
 * of the next piece's tokens, so that it stands for all tokens up to the piece's end. A value.
 */
public final class PrefixChain {
  private final byte[] link;
  private final int tokens;

  private PrefixChain(byte[] link, int tokens) {
    this.link = link;
    this.tokens = tokens;
  }

  /** Of no tokens. */
  public static PrefixChain start() {
    return new PrefixChain(new byte[0], 0);
  }

  /**
   * Of leading tokens in pieces of one length.
   *
   * @throws IllegalArgumentException if they are not whole pieces
   */
  public static PrefixChain of(int[] tokens, int piece) {
    if (piece < 1 || tokens.length % piece != 0) {
      throw new IllegalArgumentException(
          "%d tokens are not whole pieces of %d".formatted(tokens.length, piece));
    }
    var chain = start();
    for (int from = 0; from < tokens.length; from += piece) {
      chain = chain.then(Arrays.copyOfRange(tokens, from, from + piece));
    }
    return chain;
  }

  /**
   * The next link.
   *
   * @throws IllegalArgumentException if the piece is empty
   */
  public PrefixChain then(int... piece) {
    if (piece.length == 0) {
      throw new IllegalArgumentException("a piece has at least one token");
    }
    var text = ByteBuffer.allocate(8 + link.length + 4 * piece.length);
    text.putInt(link.length).put(link).putInt(piece.length);
    for (int token : piece) {
      text.putInt(token);
    }
    return new PrefixChain(Sha256.of(text.array()), tokens + piece.length);
  }

  /** Tokens it stands for. */
  public int tokens() {
    return tokens;
  }

  /** A copy of the last link; empty at the start. */
  byte[] link() {
    return link.clone();
  }
}
