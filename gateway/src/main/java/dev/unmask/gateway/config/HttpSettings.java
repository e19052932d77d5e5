package dev.unmask.gateway.config;

import java.time.Duration;

/**
 * Whether HTTP is served beside gRPC. Where is Micronaut's to say: {@code micronaut.server.host}
 * and {@code micronaut.server.port}.
 *
 * @param served false: only gRPC
 * @param requestTime longest a connection may be open without a whole request under way: time to
 *     send one, and time until the next one; 100 ms to 10 minutes
 */
public record HttpSettings(boolean served, Duration requestTime) {
  private static final Duration LEAST = Duration.ofMillis(100);
  private static final Duration MOST = Duration.ofMinutes(10);

  public HttpSettings {
    if (requestTime.compareTo(LEAST) < 0 || requestTime.compareTo(MOST) > 0) {
      throw new IllegalArgumentException(
          "unmask.gateway.http-request-time must be 100ms to 10m, was " + requestTime);
    }
  }
}
