package dev.unmask.gateway.admission;

import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** Makes ids of requests whose clients gave none. Safe for any thread when its generator is. */
public final class RequestIds {
  private final RandomGenerator random;

  /** Ids from a source of randomness. */
  public RequestIds(RandomGenerator random) {
    this.random = random;
  }

  String next() {
    var hex = HexFormat.of();
    return "r-" + hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
  }
}
