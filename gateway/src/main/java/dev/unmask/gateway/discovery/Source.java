package dev.unmask.gateway.discovery;

import java.util.function.Consumer;

/** Workers of one entry of the settings. */
public interface Source extends AutoCloseable {
  /** Begins to tell, from any thread, what is found, whether or not it has changed; called once. */
  void start(Consumer<Lookup> listener);

  /** Stops looking. */
  @Override
  void close();

  /** The entry, as it is in the settings. */
  @Override
  String toString();
}
