package dev.unmask.worker.pages;

import dev.unmask.worker.pages.choice.Decision;
import dev.unmask.worker.pages.lease.Lease;
import java.time.Duration;

/** What a look-up of a state brought. */
public sealed interface Lookup<T> {
  /** Fetching against computing. */
  Decision decision();

  /**
   * All of it.
   *
   * @param room where it is, for the caller to close
   * @param pages that came
   * @param bytes of their records
   * @param read how long reading took
   */
  record Found<T>(Room<T> room, int pages, long bytes, Duration read, Decision decision)
      implements Lookup<T> {}

  /**
   * Compute it, and publish it, if the cache-service is reachable then.
   *
   * @param pages that were asked for
   * @param lease to hand on with what is published, or to close
   */
  record Absent<T>(int pages, Lease lease, Decision decision) implements Lookup<T> {}

  /**
   * It is there, but computing it is faster; nobody needs it published.
   *
   * @param pages that were not asked for
   */
  record Declined<T>(int pages, Decision decision) implements Lookup<T> {}
}
