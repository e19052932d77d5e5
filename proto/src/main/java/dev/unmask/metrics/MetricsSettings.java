package dev.unmask.metrics;

import dev.unmask.config.Setting;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where a service that speaks no HTTP otherwise serves its metrics.
 *
 * @param address {@code unmask.metrics.host}, by default 127.0.0.1, and {@code
 *     unmask.metrics.port}, 0 for any free one; absent without a port: nowhere
 */
public record MetricsSettings(Optional<InetSocketAddress> address) {
  private static final String HOST = "unmask.metrics.host";
  private static final String PORT = "unmask.metrics.port";

  private static final String HERE = "127.0.0.1";
  private static final int MOST = 65_535;

  /** What {@link #read} asks for, for a service's reference. */
  public static final List<Setting> SETTINGS =
      List.of(
          new Setting(
              PORT,
              "port",
              "none",
              "0 to " + MOST + "; 0: any free one",
              "Where metrics are served."),
          new Setting(HOST, "address", HERE, "an address of this host", "At which address."));

  /**
   * Reads the settings.
   *
   * @param settings gives a setting by its key; what is blank is absent
   * @throws IllegalArgumentException naming the setting that is wrong
   */
  public static MetricsSettings read(Function<String, Optional<String>> settings) {
    Function<String, Optional<String>> given =
        key -> settings.apply(key).map(String::strip).filter(text -> !text.isEmpty());
    var host = given.apply(HOST).orElse(HERE);
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
