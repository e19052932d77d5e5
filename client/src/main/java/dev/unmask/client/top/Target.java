package dev.unmask.client.top;

import java.net.URI;

/**
 * A service to watch.
 *
 * @param kind what it is
 * @param name how it is shown
 * @param page where its metrics are
 * @param named whether somebody named it; one that is only looked for is shown once it answered
 */
public record Target(Kind kind, String name, URI page, boolean named) {
  /** What a service is. */
  public enum Kind {
    /** Takes requests. */
    GATEWAY,
    /** Decodes. */
    WORKER,
    /** Keeps pages. */
    CACHE
  }

  /**
   * One that somebody named.
   *
   * @param address {@code host:port}, or a URL with {@code http://} or {@code https://}
   * @throws IllegalArgumentException if it is neither
   */
  public static Target at(Kind kind, String address) {
    return of(kind, address, true);
  }

  /** One that may be on this machine. */
  public static Target perhaps(Kind kind, int port) {
    return of(kind, "127.0.0.1:" + port, false);
  }

  private static Target of(Kind kind, String address, boolean named) {
    var base = URI.create(address.contains("://") ? address : "http://" + address);
    if (base.getHost() == null || base.getPort() < 0 || !isWeb(base.getScheme())) {
      throw new IllegalArgumentException(address + " is no HOST:PORT, nor a URL with a port");
    }
    return new Target(kind, base.getAuthority(), base.resolve("/metrics"), named);
  }

  private static boolean isWeb(String scheme) {
    return scheme.equals("http") || scheme.equals("https");
  }
}
