package dev.unmask.cache.slab;

import dev.unmask.contract.Limits;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store's own thread: gives states up behind the writers, and those whose time is over while
 * nobody calls.
 */
final class Keeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);

  private final Semaphore wanted = new Semaphore(0);
  private final Thread thread;
  private volatile boolean over;

  /**
   * Not started yet.
   *
   * @param work does a little; whether there is more to do
   */
  Keeper(BooleanSupplier work) {
    thread = Thread.ofPlatform().daemon().name("store-keeper").unstarted(() -> run(work));
  }

  void start() {
    thread.start();
  }

  /** There is something to do. Never blocks. */
  void wake() {
    if (wanted.availablePermits() == 0) {
      wanted.release();
    }
  }

  /** Returns when the thread has ended. */
  @Override
  public void close() {
    over = true;
    wanted.release();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run(BooleanSupplier work) {
    boolean more = false;
    while (!over) {
      try {
        if (!more && wanted.tryAcquire(Limits.EXPIRY_INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
          wanted.drainPermits();
        }
        more = work.getAsBoolean();
      } catch (InterruptedException _) {
        return;
      } catch (RuntimeException e) {
        more = false;
        LOG.error("giving up states behind writers failed; writers do it themselves", e);
      }
    }
  }
}
