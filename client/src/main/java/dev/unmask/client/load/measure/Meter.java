package dev.unmask.client.load.measure;

import io.grpc.Status;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Takes in what becomes of requests at one load. Safe for use by many threads. */
public final class Meter {
  private static final double NANOS = 1e9;

  private final Window window;
  private final Stopwatch stopwatch = new Stopwatch();
  private final Map<Status.Code, Failure> failures = new TreeMap<>();
  private Work work = Work.NONE;
  private long completed;
  private long unfinished;
  private long notSent;
  private long ended;
  private long lastArrival;
  private long lastEnd;
  private boolean abandoned;

  /** A meter of the requests that arrive, and of the answers that come, in a window. */
  public Meter(Window window) {
    this.window = window;
    this.lastArrival = window.begin();
    this.lastEnd = window.begin();
  }

  /** Takes in what became of a request. */
  public synchronized void add(Outcome outcome) {
    var times = outcome.times();
    boolean counts = window.holds(times.arrival());
    if (counts) {
      lastArrival = Math.max(lastArrival, times.arrival());
      stopwatch.sent(times.sent());
      count(outcome);
    }
    if (window.holds(times.end()) && !(outcome instanceof Outcome.Unfinished)) {
      ended++;
      lastEnd = Math.max(lastEnd, times.end());
      if (outcome instanceof Outcome.Completed answered) {
        work = work.and(answered.usage());
      }
    }
  }

  /** A request was not sent, because the generator had too many under way. */
  public synchronized void notSent(long arrival) {
    if (window.holds(arrival)) {
      notSent++;
      lastArrival = Math.max(lastArrival, arrival);
    }
  }

  /** From now on, requests that have not ended were cut off in the middle and tell no latency. */
  public synchronized void abandon() {
    abandoned = true;
  }

  /** When the last of the requests arrived that were taken in; the window's begin without one. */
  public synchronized long lastArrival() {
    return lastArrival;
  }

  /** When the last request ended so far; the window's begin when none has. */
  public synchronized long lastEnd() {
    return lastEnd;
  }

  /**
   * The figures.
   *
   * @param arrivals when the last request that counts arrived, or would have
   * @param end of the measured time, at most the window's
   * @param whole whether it was measured to the end
   */
  public synchronized Level level(Load load, long arrivals, long end, boolean whole) {
    double seconds = seconds(end);
    var counts = counts();
    return new Level(
        load,
        whole,
        seconds,
        counts,
        new Speed(
            per(counts.arrived() - counts.notSent(), seconds(arrivals)),
            per(work.answers(), seconds),
            per(work.tokens(), seconds),
            per(work.committed(), seconds),
            per(work.steps(), seconds)),
        work,
        stopwatch.latencies(),
        stopwatch.lag(),
        List.copyOf(failures.values()));
  }

  private void count(Outcome outcome) {
    switch (outcome) {
      case Outcome.Completed answered -> {
        completed++;
        stopwatch.completed(answered.times(), answered.usage().getCompletionTokens());
      }
      case Outcome.Failed failed ->
          failures.compute(
              failed.code(),
              (code, before) ->
                  before == null ? new Failure(code.name(), 1, failed.reason()) : before.again());
      case Outcome.Unfinished cut -> {
        unfinished++;
        if (!abandoned) {
          stopwatch.unfinished(cut.times());
        }
      }
    }
  }

  private Counts counts() {
    long all = failures.values().stream().mapToLong(Failure::count).sum();
    var refusals = failures.get(Status.Code.RESOURCE_EXHAUSTED);
    long refused = refusals == null ? 0 : refusals.count();
    return new Counts(
        completed + all + unfinished + notSent,
        completed,
        refused,
        all - refused,
        unfinished,
        notSent,
        ended);
  }

  /** From the window's begin. */
  private double seconds(long end) {
    return Math.max(0, Math.min(end, window.end()) - window.begin()) / NANOS;
  }

  private static double per(long amount, double seconds) {
    return seconds > 0 ? (double) amount / seconds : 0;
  }
}
