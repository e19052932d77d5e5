package dev.unmask.gateway.config;

/**
 * Where a worker listens.
 *
 * @param host name or address; an IPv6 address in brackets
 * @param port 1 to 65535
 */
public record WorkerAddress(String host, int port) {
  private static final int LARGEST_PORT = 65_535;

  public WorkerAddress {
    if (!(plain(host) || bracketed(host)) || port < 1 || port > LARGEST_PORT) {
      throw new IllegalArgumentException("must be host:port, was " + host + ":" + port);
    }
  }

  /**
   * Reads {@code host:port}.
   *
   * @throws IllegalArgumentException quoting what was given
   */
  public static WorkerAddress parse(String text) {
    var given = text.strip();
    int colon = given.lastIndexOf(':');
    try {
      return new WorkerAddress(
          given.substring(0, Math.max(colon, 0)), Integer.parseInt(given.substring(colon + 1)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("must be host:port, was " + given, e);
    }
  }

  /**
   * What a gRPC channel connects to, the brackets of an IPv6 address written as a URI's path has
   * them.
   */
  public String target() {
    return "dns:///" + toString().replace("[", "%5B").replace("]", "%5D");
  }

  private static boolean plain(String host) {
    return !host.isBlank() && host.indexOf(':') < 0 && host.indexOf('/') < 0;
  }

  private static boolean bracketed(String host) {
    return host.startsWith("[") && host.endsWith("]") && host.indexOf(':') > 0;
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
