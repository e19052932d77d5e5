package dev.unmask.client.local;

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

  /** Stops the service and waits for its end; harmless when it has ended. */
  @Override
  void close();
}
