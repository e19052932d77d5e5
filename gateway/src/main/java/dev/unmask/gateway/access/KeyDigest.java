package dev.unmask.gateway.access;

import com.fasterxml.jackson.annotation.JsonCreator;
import dev.unmask.digest.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * SHA-256 of an API key. Keys have 256 random bits, so a slow digest would protect nothing more. A
 * key is looked up by its digest: how long that takes may tell of a digest, for which nobody can
 * make a key, and two digests are compared in constant time.
 */
public final class KeyDigest {
  private static final int BYTES = 32;

  private final byte[] digest;

  private KeyDigest(byte[] digest) {
    this.digest = digest;
  }

  /** The digest of a key's text. */
  public static KeyDigest of(String key) {
    return new KeyDigest(Sha256.of(key.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Reads hexadecimal digits.
   *
   * @throws IllegalArgumentException without quoting what was given, which may be the key itself
   */
  @JsonCreator
  public static KeyDigest parse(String hex) {
    if (!hex.matches("[0-9a-fA-F]{64}")) {
      throw new IllegalArgumentException(
          "must be the 64 hexadecimal digits of a key's SHA-256, never the key");
    }
    return new KeyDigest(HexFormat.of().parseHex(hex));
  }

  /** 64 hexadecimal digits. */
  public String hex() {
    return HexFormat.of().formatHex(digest);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KeyDigest that && MessageDigest.isEqual(digest, that.digest);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(digest);
  }

  @Override
  public String toString() {
    return hex().substring(0, BYTES / 4) + "...";
  }
}
