package dev.unmask.cache.lease;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The alarm of a running service: one thread, which holds no more than what is set and was not
 * called off.
 */
public final class TimerAlarm implements Alarm, AutoCloseable {
  private final ScheduledThreadPoolExecutor timer;

  /** Starts the thread when it is first needed. */
  public TimerAlarm() {
    timer =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("lease-alarm").factory());
    timer.setRemoveOnCancelPolicy(true);
  }

  @Override
  public Runnable after(Duration time, Runnable action) {
    var set = timer.schedule(action, time.toNanos(), TimeUnit.NANOSECONDS);
    return () -> set.cancel(false);
  }

  /** Whatever is set never happens. */
  @Override
  public void close() {
    timer.shutdownNow();
  }
}
