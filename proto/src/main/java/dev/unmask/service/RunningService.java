package dev.unmask.service;

/** A service that takes calls until it is closed. */
public interface RunningService extends AutoCloseable {
  /** The port it listens on. */
  int port();

  /** Stops: calls under way get a short time to end. */
  @Override
  void close();
}
