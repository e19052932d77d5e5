package dev.unmask.worker.pages;

import dev.unmask.worker.pages.choice.Decision;
import dev.unmask.worker.pages.lease.Acquired;
import dev.unmask.worker.pages.transfer.Miss;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * What the worker got from and gave to the cache-service since its start. Safe for several threads.
 */
public final class PageCounts {
  private final LongAdder hits = new LongAdder();
  private final Map<Miss, LongAdder> misses;
  private final LongAdder published = new LongAdder();
  private final LongAdder dropped = new LongAdder();
  private final LongAdder granted = new LongAdder();
  private final LongAdder awaited = new LongAdder();
  private final LongAdder heldTooLong = new LongAdder();
  private final LongAdder leaseNanos = new LongAdder();
  private final LongAdder fetched = new LongAdder();
  private final LongAdder computed = new LongAdder();
  private final LongAdder fetchNanos = new LongAdder();
  private final LongAdder computeNanos = new LongAdder();

  /** All counts at zero. */
  public PageCounts() {
    var counters = new EnumMap<Miss, LongAdder>(Miss.class);
    for (var reason : Miss.values()) {
      counters.put(reason, new LongAdder());
    }
    misses = Collections.unmodifiableMap(counters);
  }

  /** States that came whole. Unit: states. */
  public long hits() {
    return hits.sum();
  }

  /** States that did not, by reason. Unit: states. */
  public long misses(Miss reason) {
    return misses.get(reason).sum();
  }

  /** Pages the service has stored for this worker. Unit: pages. */
  public long published() {
    return published.sum();
  }

  /** States that were not published: the queue was full, or the service failed. Unit: states. */
  public long dropped() {
    return dropped.sum();
  }

  /** Leases to compute a state while others wait. Unit: leases. */
  public long granted() {
    return granted.sum();
  }

  /** States that another worker computed while a request here waited. Unit: waits. */
  public long awaited() {
    return awaited.sum();
  }

  /** Waits for another worker's state that were over before it came. Unit: waits. */
  public long heldTooLong() {
    return heldTooLong.sum();
  }

  /**
   * Sum of the times until the service answered who computes, waits included. Unit: nanoseconds.
   */
  public long leaseNanos() {
    return leaseNanos.sum();
  }

  /** States that were there and were chosen to be fetched. Unit: states. */
  public long fetched() {
    return fetched.sum();
  }

  /** States that were there and were computed, because that is faster. Unit: states. */
  public long computed() {
    return computed.sum();
  }

  /** Sum of the estimates of fetching, of all states that were weighed. Unit: nanoseconds. */
  public long fetchNanos() {
    return fetchNanos.sum();
  }

  /** Sum of the estimates of computing, of all states that were weighed. Unit: nanoseconds. */
  public long computeNanos() {
    return computeNanos.sum();
  }

  void acquired(Acquired acquired, Duration took) {
    leaseNanos.add(took.toNanos());
    switch (acquired) {
      case Acquired.Granted _ -> granted.increment();
      case Acquired.Fulfilled _ -> awaited.increment();
      case Acquired.Held _ -> heldTooLong.increment();
    }
  }

  void decided(Decision decision) {
    (decision.fetched() ? fetched : computed).increment();
    decision.fetch().ifPresent(estimate -> fetchNanos.add(estimate.toNanos()));
    decision.compute().ifPresent(estimate -> computeNanos.add(estimate.toNanos()));
  }

  void hit(int states) {
    hits.add(states);
  }

  void missed(Miss reason, int states) {
    misses.get(reason).add(states);
  }

  void stored(int pages) {
    published.add(pages);
  }

  void drop() {
    dropped.increment();
  }
}
