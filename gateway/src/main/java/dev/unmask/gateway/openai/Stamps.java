package dev.unmask.gateway.openai;

import java.time.InstantSource;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** Gives requests their names and times. Safe for any thread when its generator is. */
final class Stamps {
  private final RandomGenerator random;
  private final InstantSource time;

  Stamps(RandomGenerator random, InstantSource time) {
    this.random = random;
    this.time = time;
  }

  String name(String prefix) {
    var hex = HexFormat.of();
    return prefix + hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
  }

  /** Unit: seconds since 1970. */
  long now() {
    return time.instant().getEpochSecond();
  }
}
