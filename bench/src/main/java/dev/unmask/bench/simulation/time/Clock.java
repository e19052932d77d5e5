package dev.unmask.bench.simulation.time;

import io.grpc.Deadline;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/** Virtual time as gRPC's deadlines and clocks of the calendar see it. */
public final class Clock extends Deadline.Ticker implements InstantSource {
  /** Time begins here, so that nobody takes a clock that was never set for one that was. */
  private static final long BEGIN = TimeUnit.DAYS.toNanos(1);

  /** Deadlines of the system's clock are rounded up to this; the services' own are multiples. */
  private static final long GRAIN = TimeUnit.MILLISECONDS.toNanos(250);

  private final Timeline timeline;

  /** Of a timeline. */
  public Clock(Timeline timeline) {
    this.timeline = timeline;
  }

  @Override
  public long nanoTime() {
    return BEGIN + timeline.now();
  }

  @Override
  public Instant instant() {
    return Instant.EPOCH.plusNanos(nanoTime());
  }

  /** A deadline so many nanoseconds from now. */
  public Deadline after(long nanos) {
    return Deadline.after(nanos, TimeUnit.NANOSECONDS, this);
  }

  /**
   * What is left of a deadline. One that was made a moment ago of the system's clock has lost a
   * little real time since; that is given back, or a run would not be a function of its seed.
   */
  public long left(Deadline deadline) {
    long left = deadline.timeRemaining(TimeUnit.NANOSECONDS);
    return after(left).equals(deadline) ? left : Math.ceilDiv(left, GRAIN) * GRAIN;
  }
}
