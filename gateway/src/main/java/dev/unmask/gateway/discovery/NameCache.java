package dev.unmask.gateway.discovery;

import java.security.Security;
import java.time.Duration;
import java.util.Optional;

/** How long this JVM keeps the addresses of a name: no change is seen sooner. */
public final class NameCache {
  private static final String DEFAULT_SECONDS = "30";

  private NameCache() {}

  /** The time, or nothing if it keeps them for ever; as the JDK reads its properties. */
  public static Optional<Duration> time() {
    var seconds =
        Optional.ofNullable(Security.getProperty("networkaddress.cache.ttl"))
            .or(() -> Optional.ofNullable(System.getProperty("sun.net.inetaddr.ttl")))
            .orElse(DEFAULT_SECONDS);
    return Optional.of(Duration.ofSeconds(Long.parseLong(seconds.strip())))
        .filter(time -> !time.isNegative());
  }
}
