package dev.unmask.client.command;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What must happen even when the process is told to stop (ctrl-C): free the terminal, cancel a
 * generation, stop child processes, tell what was found. It happens once.
 */
final class Farewell implements AutoCloseable {
  private final Thread hook;
  private final Runnable ending;
  private final CountDownLatch closed;

  private Farewell(Runnable ending, CountDownLatch closed) {
    this.ending = ending;
    this.closed = closed;
    this.hook = Thread.ofPlatform().name("farewell").unstarted(ending);
  }

  /** Runs {@code endings} in order when closed, or else when the process ends. */
  static Farewell with(Runnable... endings) {
    return added(
        new Farewell(() -> List.of(endings).forEach(Runnable::run), new CountDownLatch(0)));
  }

  /**
   * When the process is told to stop, interrupts this thread and waits until it closes this.
   *
   * @param most to wait
   */
  static Farewell interrupting(Duration most) {
    var closed = new CountDownLatch(1);
    var self = Thread.currentThread();
    return added(new Farewell(() -> interrupt(self, closed, most), closed));
  }

  @Override
  public void close() {
    closed.countDown();
    if (removed()) {
      ending.run();
    }
  }

  private static Farewell added(Farewell farewell) {
    Runtime.getRuntime().addShutdownHook(farewell.hook);
    return farewell;
  }

  private static void interrupt(Thread thread, CountDownLatch closed, Duration most) {
    if (closed.getCount() == 0) {
      return;
    }
    thread.interrupt();
    try {
      closed.await(most.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether the hook will not run; once the process is ending it will. */
  private boolean removed() {
    try {
      return Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      return false;
    }
  }
}
