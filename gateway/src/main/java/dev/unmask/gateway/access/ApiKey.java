package dev.unmask.gateway.access;

import java.util.Base64;
import java.util.random.RandomGenerator;

/**
 * A tenant's secret: 256 random bits behind a prefix that scanners for leaked secrets can look for.
 * Its text is never logged; the gateway is given its {@link KeyDigest} only.
 */
public final class ApiKey {
  private static final String PREFIX = "umk_";
  private static final int BYTES = 32;

  private final String text;

  private ApiKey(String text) {
    this.text = text;
  }

  /** A new key from a source of randomness that nobody can guess. */
  public static ApiKey from(RandomGenerator random) {
    var secret = new byte[BYTES];
    random.nextBytes(secret);
    return new ApiKey(PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
  }

  /** What a client sends. */
  public String reveal() {
    return text;
  }

  /** What a tenants file holds. */
  public KeyDigest digest() {
    return KeyDigest.of(text);
  }

  /** Says nothing of the secret. */
  @Override
  public String toString() {
    return PREFIX + "...";
  }
}
