package dev.unmask.client.load.drive;

import dev.unmask.contract.Limits;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * How long is measured at one load.
 *
 * @param warmUp before it, under the same load
 * @param duration at most
 * @param requests that end it earlier, once as many have arrived
 * @param bounds of the generator
 */
public record Span(Duration warmUp, Duration duration, OptionalInt requests, Bounds bounds) {
  public Span {
    if (warmUp.isNegative() || warmUp.compareTo(Limits.LOAD_TIME) > 0) {
      throw new IllegalArgumentException("--warm-up must be 0s to 24h");
    }
    if (!duration.isPositive() || duration.compareTo(Limits.LOAD_TIME) > 0) {
      throw new IllegalArgumentException("--duration must be above 0s, at most 24h");
    }
    if (requests.isPresent()
        && (requests.getAsInt() < 1 || requests.getAsInt() > Limits.LOAD_REQUESTS)) {
      throw new IllegalArgumentException(
          "--requests must be 1 to %d, is %d".formatted(Limits.LOAD_REQUESTS, requests.getAsInt()));
    }
  }
}
