package dev.unmask.client.local;

import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * What a namespace's page names are keyed with: 256 random bits. Workers share pages only when they
 * share it.
 *
 * @param hex 64 hexadecimal digits
 */
public record Secret(String hex) {
  private static final int BYTES = 32;

  /** A new one; {@code random} should be a cryptographic generator. */
  public static Secret random(RandomGenerator random) {
    var bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new Secret(HexFormat.of().formatHex(bytes));
  }

  /** Never the secret itself: this ends up in logs. */
  @Override
  public String toString() {
    return "Secret[…]";
  }
}
