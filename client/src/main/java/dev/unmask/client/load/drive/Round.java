package dev.unmask.client.load.drive;

import dev.unmask.client.evaluation.run.Ticker;
import dev.unmask.client.load.measure.Level;
import dev.unmask.client.load.measure.Load;
import dev.unmask.client.load.measure.Meter;
import dev.unmask.client.load.measure.Outcome;
import dev.unmask.client.load.measure.Window;
import dev.unmask.client.load.workload.Workload;
import dev.unmask.contract.Limits;
import dev.unmask.generation.v1.GenerateRequest;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** One load, from the first request to the last answer. Used once; every request has a thread. */
final class Round {
  private final Caller caller;
  private final Workload workload;
  private final Span span;
  private final SplittableRandom schedule;
  private final SplittableRandom draws;
  private final Ticker ticker;
  private final long start;
  private final Window window;
  private final Meter meter;
  private final AtomicInteger arrived = new AtomicInteger();
  private final Semaphore room;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  Round(Caller caller, Workload workload, Span span, SplittableRandom random) {
    this.caller = caller;
    this.workload = workload;
    this.span = span;
    this.schedule = random.split();
    this.draws = random.split();
    this.room = new Semaphore(span.bounds().underWay());
    this.ticker = caller.ticker();
    this.start = ticker.nanoTime();
    long begin = start + span.warmUp().toNanos();
    this.window = new Window(begin, begin + span.duration().toNanos());
    this.meter = new Meter(window);
  }

  /** Measures; a thread that is interrupted gets what was measured until then. */
  Level drive(Load load) {
    boolean whole = true;
    try {
      switch (load) {
        case Load.Rate(double rate) -> open(rate);
        case Load.Concurrency(int streams) -> closed(streams);
      }
      drain();
    } catch (InterruptedException e) {
      whole = false;
      meter.abandon();
    }
    long end = whole ? window.end() : ticker.nanoTime();
    // Read before what is left is cut off, which is no end.
    long lastEnd = meter.lastEnd();
    cut();
    return isCounted()
        ? meter.level(load, meter.lastArrival(), lastEnd, whole)
        : meter.level(load, end, end, whole);
  }

  /** Sends every request when it is due, whatever became of those before. */
  private void open(double rate) throws InterruptedException {
    var arrivals = new Arrivals(rate, schedule);
    long arrival = start + arrivals.next();
    while (admits(arrival)) {
      var request = draw();
      sleepUntil(arrival);
      send(request, arrival);
      arrival = start + arrivals.next();
    }
  }

  private void send(GenerateRequest request, long arrival) {
    if (!room.tryAcquire()) {
      meter.notSent(arrival);
      return;
    }
    threads.execute(() -> {
      try {
        meter.add(caller.call(request, arrival));
      } finally {
        room.release();
      }
    });
  }

  private void closed(int streams) {
    for (int stream = 0; stream < streams; stream++) {
      threads.execute(this::stream);
    }
  }

  /** Requests one after the other, with a pause after a failure only. */
  private void stream() {
    try {
      for (long now = ticker.nanoTime(); admits(now); now = ticker.nanoTime()) {
        var outcome = caller.call(draw(), now);
        meter.add(outcome);
        switch (outcome) {
          case Outcome.Completed _ -> {
            // On to the next.
          }
          case Outcome.Failed failed ->
              ticker.sleep(failed.retryAfter().orElse(Limits.RETRY_DELAY));
          case Outcome.Unfinished _ -> {
            return;
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether a request at this moment is one of the measured ones, or of the warm-up. */
  private boolean admits(long moment) {
    if (moment < window.begin()) {
      return true;
    }
    return window.holds(moment)
        && arrived.getAndIncrement() < span.requests().orElse(Integer.MAX_VALUE);
  }

  private GenerateRequest draw() {
    synchronized (draws) {
      return workload.draw(draws);
    }
  }

  private void sleepUntil(long moment) throws InterruptedException {
    long pause = moment - ticker.nanoTime();
    if (pause > 0) {
      ticker.sleep(Duration.ofNanos(pause));
    } else if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  /** Waits until every request has ended, or long enough after the last could arrive. */
  private void drain() throws InterruptedException {
    threads.shutdown();
    long last = isCounted() ? ticker.nanoTime() : window.end();
    long most = last + span.bounds().drain().toNanos() - ticker.nanoTime();
    threads.awaitTermination(most, TimeUnit.NANOSECONDS);
  }

  /** Whether as many requests have arrived as are wanted. */
  private boolean isCounted() {
    return arrived.get() >= span.requests().orElse(Integer.MAX_VALUE);
  }

  /** Cancels what is under way; then every request has told what became of it. */
  private void cut() {
    threads.shutdownNow();
    try {
      threads.awaitTermination(Limits.QUERY_TIME.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
