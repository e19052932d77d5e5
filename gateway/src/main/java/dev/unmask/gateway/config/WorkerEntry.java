package dev.unmask.gateway.config;

import java.util.regex.Pattern;

/** One entry of the list of workers. */
public sealed interface WorkerEntry {
  /** One worker. */
  record Single(WorkerAddress address) implements WorkerEntry {
    @Override
    public String toString() {
      return address.toString();
    }
  }

  /** A worker at every address that DNS has for a name; all listen on one port. */
  record Named(WorkerAddress name) implements WorkerEntry {
    @Override
    public String toString() {
      return DNS + name;
    }
  }

  /** A worker at every endpoint that an xDS control plane has for a service. */
  record Service(String name) implements WorkerEntry {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+(:[0-9]{1,5})?");

    public Service {
      if (!NAME.matcher(name).matches()) {
        throw new IllegalArgumentException("must be " + NAME + ", was " + name);
      }
    }

    @Override
    public String toString() {
      return XDS + name;
    }
  }

  /** The scheme of {@link Named}. */
  String DNS = "dns:///";

  /** The scheme of {@link Service}. */
  String XDS = "xds:///";

  /**
   * Reads {@code host:port}, {@code dns:///name:port} or {@code xds:///service}.
   *
   * @throws IllegalArgumentException quoting what was given
   */
  static WorkerEntry parse(String text) {
    var given = text.strip();
    try {
      if (given.startsWith(DNS)) {
        return new Named(WorkerAddress.parse(given.substring(DNS.length())));
      }
      if (given.startsWith(XDS)) {
        return new Service(given.substring(XDS.length()));
      }
      return new Single(WorkerAddress.parse(given));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "must be host:port, dns:///name:port or xds:///service, was " + given, e);
    }
  }
}
