package dev.unmask.gateway.admission.gate;

import com.netflix.concurrency.limits.limit.VegasLimit;
import dev.unmask.contract.Limits;

/**
 * How many requests the workers should have at once, learned from the time between sending one and
 * its first event, which comes when it has a slot. Vegas compares that with the shortest there was:
 * as soon as requests wait at the workers it lets fewer through, so that they wait here instead,
 * where the line is fair. Never fewer than the workers' slots and a quarter more, which keeps the
 * slots full while the next request is on its way. Guarded by its gate's lock.
 */
final class LearnedLimit {
  /**
   * How seldom Vegas takes the present time for the shortest: what a message to a worker with a
   * free slot takes stays the same, and one probe while requests wait there would make waiting
   * usual.
   */
  private static final int NEVER = 1_000_000;

  private final VegasLimit learned;
  private long least = 1;

  /** Begins with a limit that nothing is known of yet. */
  LearnedLimit(int first) {
    learned =
        VegasLimit.newBuilder()
            .initialLimit(first)
            .maxConcurrency(Limits.GATEWAY_SENT_MOST)
            .probeMultiplier(NEVER)
            .build();
  }

  /** The workers' slots. */
  void slots(long slots) {
    least = Math.clamp(slots + Math.ceilDiv(slots, 4), 1, Limits.GATEWAY_SENT_MOST);
  }

  int get() {
    return (int) Math.max(least, learned.getLimit());
  }

  /** A request's first event came. Times in nanoseconds. */
  void began(long sentAt, long took, int underWay) {
    learned.onSample(sentAt, Math.max(1, took), underWay, false);
  }

  /** A worker had no place even to wait. */
  void turnedAway(long sentAt, long took, int underWay) {
    learned.onSample(sentAt, Math.max(1, took), underWay, true);
  }
}
