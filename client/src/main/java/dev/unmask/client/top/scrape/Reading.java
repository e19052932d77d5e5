package dev.unmask.client.top.scrape;

import java.util.Optional;

/**
 * What came of asking a service once.
 *
 * @param nanos when, on {@link System#nanoTime}'s scale
 * @param page absent if there was none
 * @param failure why there was none, in a few words; empty otherwise
 */
public record Reading(long nanos, Optional<Exposition> page, String failure) {
  /** A page that came. */
  public static Reading of(long nanos, Exposition page) {
    return new Reading(nanos, Optional.of(page), "");
  }

  /** None came. */
  public static Reading failed(long nanos, String failure) {
    return new Reading(nanos, Optional.empty(), failure);
  }
}
