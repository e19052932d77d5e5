package dev.unmask.bench.simulation.time;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;

/**
 * A process of the simulated fleet: its virtual threads run on the simulation's one thread, in
 * virtual time. It can be stopped and continued, as by the operating system, and it can die.
 */
public final class Host implements Executor, ThreadFactory {
  private final Timeline timeline;
  private final VirtualThreads threads;
  private final Set<Thread> living = new LinkedHashSet<>();
  private final List<Runnable> held = new ArrayList<>();
  private boolean stopped;
  private boolean dead;

  /** A process that has just started. */
  public Host(Timeline timeline) {
    this.timeline = timeline;
    threads = VirtualThreads.on(this);
  }

  /** Whether it is gone. */
  public boolean dead() {
    return dead;
  }

  /** Threads that have not ended. */
  public int threads() {
    return living.size();
  }

  /** Runs something now, or once the process is continued. */
  @Override
  public void execute(Runnable task) {
    timeline.soon(() -> run(task));
  }

  /** Runs something later, or, if the process is stopped by then, once it is continued. */
  public Timeline.Event after(long nanos, Runnable task) {
    return timeline.after(nanos, () -> run(task));
  }

  /** Something reaches the process: now, or once it is continued. */
  public void hear(Runnable task) {
    run(task);
  }

  private void run(Runnable task) {
    if (stopped) {
      held.add(task);
    } else {
      task.run();
    }
  }

  @Override
  public Thread newThread(Runnable task) {
    var thread =
        threads.unstarted(() -> {
          try {
            task.run();
          } catch (RuntimeException | Error e) {
            timeline.failed(e);
          } finally {
            living.remove(Thread.currentThread());
          }
        });
    living.add(thread);
    return thread;
  }

  /** Runs something on a thread of its own. */
  public void start(Runnable task) {
    newThread(task).start();
  }

  /** For a thread of this process: lets virtual time pass; returns early if interrupted. */
  public void pass(long nanos) {
    var thread = Thread.currentThread();
    long end = timeline.now() + nanos;
    var alarm = after(nanos, () -> LockSupport.unpark(thread));
    while (timeline.now() < end && !thread.isInterrupted()) {
      LockSupport.park(this);
    }
    alarm.callOff();
  }

  /** Stops the process: nothing of it runs. */
  public void stop() {
    stopped = true;
  }

  /** Continues it, with what came meanwhile. */
  public void go() {
    stopped = false;
    var tasks = List.copyOf(held);
    held.clear();
    tasks.forEach(this::execute);
  }

  /**
   * Ends the process. Nothing that its threads still do can be seen from outside, once its links
   * are cut; they are interrupted, so that they end and what they hold is given back.
   */
  public void die() {
    dead = true;
    go();
    List.copyOf(living).forEach(Thread::interrupt);
  }
}
