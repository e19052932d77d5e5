package dev.unmask.gateway.discovery;

import java.util.List;
import java.util.function.Consumer;

/** Tells which workers there are. */
@FunctionalInterface
public interface Discovery {
  /**
   * Begins to tell; called once. What is told is the whole fleet each time, no address twice, one
   * telling after the other. The first comes soon, with no worker if none was found until then.
   */
  void start(Consumer<List<Endpoint>> fleet);
}
