package dev.unmask.page;

import com.google.protobuf.ByteString;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Name of a page: 32 bytes of a keyed digest. A value, ordered by its bytes; safe to share among
 * threads.
 */
public final class PageKey implements Comparable<PageKey> {
  /** Length of a key in bytes. */
  public static final int BYTES = 32;

  private final byte[] digest;

  private PageKey(byte[] digest) {
    if (digest.length != BYTES) {
      throw new IllegalArgumentException("a page key has 32 bytes, not " + digest.length);
    }
    this.digest = digest;
  }

  /**
   * Copies a digest.
   *
   * @throws IllegalArgumentException if it does not have 32 bytes
   */
  public static PageKey of(byte[] digest) {
    return new PageKey(digest.clone());
  }

  /**
   * Reads a message.
   *
   * @throws IllegalArgumentException if the digest does not have 32 bytes
   */
  public static PageKey of(dev.unmask.type.v1.PageKey message) {
    return new PageKey(message.getDigest().toByteArray());
  }

  /** The key as a message. */
  public dev.unmask.type.v1.PageKey toMessage() {
    return dev.unmask.type.v1.PageKey.newBuilder().setDigest(ByteString.copyFrom(digest)).build();
  }

  /** A copy of the 32 bytes. */
  public byte[] toByteArray() {
    return digest.clone();
  }

  @Override
  public int compareTo(PageKey other) {
    return Arrays.compareUnsigned(digest, other.digest);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PageKey key && Arrays.equals(digest, key.digest);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(digest);
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(digest, 0, 8);
  }
}
