package dev.unmask.client.local;

import java.util.Optional;

/** A service that was launched. Safe for use by many threads. */
public interface Service extends AutoCloseable {
  /** Name in messages, e.g. {@code worker-1}. */
  String name();

  /**
   * Waits until the service takes calls.
   *
   * @return {@code host:port}
   * @throws IllegalStateException when it ends, or is not ready in time
   */
  String address();

  /** Where it serves HTTP, {@code host:port}, if it does; waits like {@link #address}. */
  default Optional<String> httpAddress() {
    return Optional.empty();
  }

  /** Where it serves its metrics, {@code host:port}, if it has a port for that; waits, too. */
  default Optional<String> metricsAddress() {
    return Optional.empty();
  }

  /** Stops the service and waits for its end; harmless when it has ended. */
  @Override
  void close();
}
