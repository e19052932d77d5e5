package dev.unmask.bench.simulation.time;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Virtual time as a scheduled executor, which is how gRPC's contexts want their deadlines. */
public final class Schedule extends AbstractExecutorService implements ScheduledExecutorService {
  private final Timeline timeline;

  /** Of a timeline. */
  public Schedule(Timeline timeline) {
    this.timeline = timeline;
  }

  @Override
  public void execute(Runnable task) {
    timeline.soon(task);
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
    return schedule(
        () -> {
          task.run();
          return true;
        },
        delay,
        unit);
  }

  @Override
  public <T> ScheduledFuture<T> schedule(Callable<T> task, long delay, TimeUnit unit) {
    var scheduled = new Scheduled<>(task, timeline.now() + unit.toNanos(delay));
    scheduled.event = timeline.after(unit.toNanos(delay), scheduled);
    return scheduled;
  }

  private final class Scheduled<T> extends FutureTask<T> implements ScheduledFuture<T> {
    private final long time;
    private Timeline.Event event;

    Scheduled(Callable<T> task, long time) {
      super(task);
      this.time = time;
    }

    @Override
    public boolean cancel(boolean interrupt) {
      event.callOff();
      return super.cancel(interrupt);
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(time - timeline.now(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable task, long first, long period, TimeUnit unit) {
    throw new UnsupportedOperationException("nothing in the simulation repeats so");
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable task, long first, long pause, TimeUnit unit) {
    throw new UnsupportedOperationException("nothing in the simulation repeats so");
  }

  @Override
  public void shutdown() {
    // It ends with the timeline.
  }

  @Override
  public List<Runnable> shutdownNow() {
    return List.of();
  }

  @Override
  public boolean isShutdown() {
    return false;
  }

  @Override
  public boolean isTerminated() {
    return false;
  }

  @Override
  public boolean awaitTermination(long time, TimeUnit unit) {
    return false;
  }
}
