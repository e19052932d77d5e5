package dev.unmask.cache.lease;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A caller that asked for a lease. Its identity is its place in line. */
final class Waiter {
  private final Duration term;
  private final CompletableFuture<Decision> decision = new CompletableFuture<>();

  Waiter(Duration term) {
    this.term = term;
  }

  /** How long it needs, if it is to compute. */
  Duration term() {
    return term;
  }

  CompletableFuture<Decision> decision() {
    return decision;
  }
}
