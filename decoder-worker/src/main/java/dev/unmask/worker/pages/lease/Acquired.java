package dev.unmask.worker.pages.lease;

/** What became of asking for a lease. */
public sealed interface Acquired {
  /** Compute; others wait. */
  record Granted(Lease lease) implements Acquired {}

  /** Another one has computed: look again. */
  record Fulfilled() implements Acquired {}

  /** Another one computes, but the wait is over: compute too. */
  record Held() implements Acquired {}
}
