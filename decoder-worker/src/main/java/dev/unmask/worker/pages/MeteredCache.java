package dev.unmask.worker.pages;

import dev.unmask.page.PageKey;
import dev.unmask.worker.pages.choice.Decision;
import dev.unmask.worker.pages.choice.FetchOrCompute;
import dev.unmask.worker.pages.lease.Acquired;
import dev.unmask.worker.pages.lease.LeaseTimes;
import dev.unmask.worker.pages.placement.Home;
import dev.unmask.worker.pages.transfer.Miss;
import dev.unmask.worker.pages.transfer.NamedPage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The cache-service as those see it who look states up: calls are timed, so that it is known what
 * fetching takes, and what comes of them is counted. Safe for several threads.
 */
public final class MeteredCache {
  private final PageCache cache;
  private final PageCounts counts;
  private final FetchOrCompute choice;
  private final LongSupplier nanoTime;

  /**
   * Nothing measured yet.
   *
   * @param nanoTime a clock on {@link System#nanoTime}'s scale
   */
  public MeteredCache(
      PageCache cache, PageCounts counts, FetchOrCompute choice, LongSupplier nanoTime) {
    this.cache = cache;
    this.counts = counts;
    this.choice = choice;
    this.nanoTime = nanoTime;
  }

  /**
   * Which pages are there. Waits no longer than {@link FetchOrCompute#patience}; an answer that
   * comes later is measured all the same, so that a service that has become slower gets more time.
   *
   * @param compute estimate of computing them; empty if none was measured
   * @return for each page the length of its record; 0 if it is not there
   */
  public Answer<List<Long>> find(Home home, List<PageKey> keys, Optional<Duration> compute) {
    long start = nanoTime.getAsLong();
    return cache.find(home, keys, choice.patience(compute), () -> choice.called(since(start)));
  }

  /**
   * Asks to compute a state; waits for another one who does, as long as that makes sense.
   *
   * @param forward estimate of computing it; empty if none was measured
   */
  public Answer<Acquired> acquire(State state, Optional<Duration> forward) {
    long start = nanoTime.getAsLong();
    var answer = cache.acquire(state, LeaseTimes.of(forward));
    if (answer instanceof Answer.Got<Acquired>(Acquired acquired)) {
      counts.acquired(acquired, since(start));
    }
    return answer;
  }

  /**
   * Decides about pages that are there.
   *
   * @param size of their records in bytes
   * @param saved estimate of computing what they save; empty if none was measured
   */
  public Decision decide(long size, Optional<Duration> saved) {
    var decision = choice.decide(size, saved);
    counts.decided(decision);
    return decision;
  }

  /** Whether a call could be made now, as far as is known. */
  public boolean reachable() {
    return cache.reachable();
  }

  /** Fills pages, in their order. */
  public PageCache.Reading read(Home home, List<NamedPage> pages) {
    return cache.read(home, pages);
  }

  /** States came whole. */
  public void hit(int states) {
    counts.hit(states);
  }

  /** States are to be computed, because their pages did not come. */
  public void missed(Miss reason, int states) {
    counts.missed(reason, states);
  }

  /** Reading and restoring so many bytes took so long. */
  public void fetched(long bytes, Duration took) {
    choice.fetched(bytes, took);
  }

  /** The time since then, on the clock's scale. */
  public Duration since(long nanos) {
    return Duration.ofNanos(now() - nanos);
  }

  /** Now, on {@link System#nanoTime}'s scale. */
  public long now() {
    return nanoTime.getAsLong();
  }
}
