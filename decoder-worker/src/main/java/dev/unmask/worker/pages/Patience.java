package dev.unmask.worker.pages;

import dev.unmask.contract.Limits;
import java.time.Duration;

/**
 * How long the worker waits for the cache-service.
 *
 * @param find to say which pages are there
 * @param read to send a state
 * @param write to take a state
 */
public record Patience(Duration find, Duration read, Duration write) {
  /** As {@link Limits} says. */
  public static final Patience USUAL =
      new Patience(Limits.QUERY_TIME, Limits.PAGE_READ_TIME, Limits.PAGE_WRITE_TIME);
}
