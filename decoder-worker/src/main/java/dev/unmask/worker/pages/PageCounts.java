package dev.unmask.worker.pages;

import dev.unmask.worker.pages.transfer.Miss;
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

  void hit() {
    hits.increment();
  }

  void missed(Miss reason) {
    misses.get(reason).increment();
  }

  void stored(int pages) {
    published.add(pages);
  }

  void drop() {
    dropped.increment();
  }
}
