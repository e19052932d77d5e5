package dev.unmask.cache.lease;

/** Who computes a state. */
public sealed interface Decision {
  /**
   * The caller does; others wait for it.
   *
   * @param generation number of the lease; no two share one
   */
  record Granted(long generation) implements Decision {}

  /** Another one has: the pages are stored. */
  record Fulfilled() implements Decision {}

  /** Another one still does, and the wait is over. */
  record Held() implements Decision {}
}
