package dev.unmask.service;

import java.util.OptionalInt;

/** A service that takes calls until it is closed. */
public interface RunningService extends AutoCloseable {
  /** The port it listens on. */
  int port();

  /** The port it serves HTTP on, if it does. */
  default OptionalInt httpPort() {
    return OptionalInt.empty();
  }

  /** The port it serves its metrics on, if it has one for that. */
  default OptionalInt metricsPort() {
    return OptionalInt.empty();
  }

  /** Stops: calls under way get a short time to end. */
  @Override
  void close();
}
