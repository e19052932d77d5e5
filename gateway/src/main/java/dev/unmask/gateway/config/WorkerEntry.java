package dev.unmask.gateway.config;

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

  /** The scheme of {@link Named}. */
  String DNS = "dns:///";

  /**
   * Reads {@code host:port} or {@code dns:///name:port}.
   *
   * @throws IllegalArgumentException quoting what was given
   */
  static WorkerEntry parse(String text) {
    var given = text.strip();
    try {
      return given.startsWith(DNS)
          ? new Named(WorkerAddress.parse(given.substring(DNS.length())))
          : new Single(WorkerAddress.parse(given));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("must be host:port or dns:///name:port, was " + given, e);
    }
  }
}
