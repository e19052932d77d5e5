package dev.unmask.metrics;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Where a service that speaks no HTTP otherwise serves its metrics.
 *
 * @param address {@code unmask.metrics.host}, by default 127.0.0.1, and {@code
 *     unmask.metrics.port}, 0 for any free one; absent without a port: nowhere
 */
public record MetricsSettings(Optional<InetSocketAddress> address) {
  /** Matches every key that {@link #read} asks for. */
  public static final String KEYS = "unmask\\.metrics\\.(host|port)";

  private static final String HOST = "unmask.metrics.host";
  private static final String PORT = "unmask.metrics.port";

  /** The same keys, to suggest. */
  public static final Set<String> NAMES = Set.of(HOST, PORT);

  private static final int MOST = 65_535;

  /**
   * Reads the settings.
   *
   * @param settings gives a setting by its key; what is blank is absent
   * @throws IllegalArgumentException naming the setting that is wrong
   */
  public static MetricsSettings read(Function<String, Optional<String>> settings) {
    Function<String, Optional<String>> given =
        key -> settings.apply(key).map(String::strip).filter(text -> !text.isEmpty());
    var host = given.apply(HOST).orElse("127.0.0.1");
    return new MetricsSettings(
        given.apply(PORT).map(MetricsSettings::port).map(port -> address(host, port)));
  }

  private static int port(String text) {
    int port = text.matches("\\d{1,5}") ? Integer.parseInt(text) : -1;
    if (port < 0 || port > MOST) {
      throw new IllegalArgumentException(PORT + " must be a port, 0 to " + MOST + ", was " + text);
    }
    return port;
  }

  private static InetSocketAddress address(String host, int port) {
    var address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw new IllegalArgumentException(HOST + " must be an address of this host, was " + host);
    }
    return address;
  }
}
