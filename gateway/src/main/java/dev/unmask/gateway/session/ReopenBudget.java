package dev.unmask.gateway.session;

import dev.unmask.contract.Limits;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * How many more requests a gateway opens anew. Each request that comes adds one part in {@link
 * Limits#REOPENED_ONE_IN} of a reopening, up to {@link Limits#REOPENED_BURST} of them, which it
 * also starts with: the loss of whole workers is covered, and a fleet that fails everything gets
 * little more work than its clients send. Safe for any thread.
 */
public final class ReopenBudget {
  private static final int MOST = Limits.REOPENED_BURST * Limits.REOPENED_ONE_IN;

  private final AtomicInteger parts = new AtomicInteger(MOST);
  private final LongAdder spent = new LongAdder();

  /** A full budget. */
  public ReopenBudget() {}

  /** A client's request was sent to a worker for the first time. */
  void earn() {
    parts.updateAndGet(now -> Math.min(MOST, now + 1));
  }

  /** Reopenings so far. */
  public long spent() {
    return spent.sum();
  }

  /** Takes one reopening; false if there is none. */
  boolean spend() {
    int before =
        parts.getAndUpdate(
            now -> now < Limits.REOPENED_ONE_IN ? now : now - Limits.REOPENED_ONE_IN);
    boolean had = before >= Limits.REOPENED_ONE_IN;
    if (had) {
      spent.increment();
    }
    return had;
  }
}
