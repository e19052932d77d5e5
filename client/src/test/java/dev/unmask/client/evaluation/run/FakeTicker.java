package dev.unmask.client.evaluation.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** Time that passes a millisecond whenever it is looked at, and at once when somebody waits. */
public final class FakeTicker implements Ticker {
  private final AtomicLong nanos = new AtomicLong();
  private final List<Duration> pauses = new CopyOnWriteArrayList<>();

  /** How long was waited, in order. */
  public List<Duration> pauses() {
    return pauses;
  }

  @Override
  public Instant now() {
    return Instant.EPOCH.plusNanos(nanoTime());
  }

  @Override
  public long nanoTime() {
    return nanos.addAndGet(1_000_000);
  }

  @Override
  public void sleep(Duration pause) {
    pauses.add(pause);
    nanos.addAndGet(pause.toNanos());
  }
}
