package dev.unmask.gateway.routing;

import java.time.Duration;

/** Runs things later; tests advance one by hand. */
@FunctionalInterface
public interface Timer {
  /** Runs a short task once, after a delay. */
  void after(Duration delay, Runnable task);
}
