package dev.unmask.worker.serving.retained;

import java.util.concurrent.atomic.LongAdder;

/** What one model's retained prefixes were good for since the start. Safe for several threads. */
public final class RetainedCounts {
  private final LongAdder retained = new LongAdder();
  private final LongAdder hits = new LongAdder();
  private final LongAdder lost = new LongAdder();
  private final LongAdder positionsCopied = new LongAdder();
  private final LongAdder givenUp = new LongAdder();

  /** Requests whose beginning stayed. Unit: prefixes. */
  public long retainedPrefixes() {
    return retained.sum();
  }

  /** Requests that took one. Unit: requests. */
  public long hits() {
    return hits.sum();
  }

  /** Requests that found one which was given up before they took it. Unit: requests. */
  public long lostHits() {
    return lost.sum();
  }

  /** Positions that were copied instead of fetched or computed. Unit: positions. */
  public long positionsCopied() {
    return positionsCopied.sum();
  }

  /** Prefixes given up: for room, for the bounds, or for a longer one. Unit: prefixes. */
  public long givenUpPrefixes() {
    return givenUp.sum();
  }

  void retained() {
    retained.increment();
  }

  void copied(int positions) {
    hits.increment();
    positionsCopied.add(positions);
  }

  void lost() {
    lost.increment();
  }

  void givenUp() {
    givenUp.increment();
  }
}
