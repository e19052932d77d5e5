package dev.unmask.worker.serving;

import dev.unmask.contract.Limits;
import dev.unmask.contract.Problem;
import dev.unmask.contract.ProblemException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** Places in the engine for running requests, and a bounded line of waiting ones. Thread-safe. */
public final class Slots {
  private final int count;
  private final Semaphore free;
  private final AtomicInteger taken = new AtomicInteger();

  /**
   * All free.
   *
   * @param count requests that may run at once
   */
  public Slots(int count) {
    this.count = count;
    this.free = new Semaphore(count, true);
  }

  /** A taken slot; closing it frees it. */
  public interface Slot extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Waits in line for a slot.
   *
   * @throws ProblemException Exhausted, at once, if the line is full
   * @throws InterruptedException if the request was cancelled while it waited
   */
  public Slot take() throws InterruptedException {
    if (taken.incrementAndGet() > count + Limits.WAITING_REQUESTS) {
      taken.decrementAndGet();
      throw new ProblemException(
          new Problem.Exhausted(
              "all " + count + " slots are taken and " + Limits.WAITING_REQUESTS + " requests wait",
              Limits.BUSY_RETRY));
    }
    try {
      free.acquire();
    } catch (InterruptedException e) {
      taken.decrementAndGet();
      throw e;
    }
    return () -> {
      free.release();
      taken.decrementAndGet();
    };
  }

  /** Slots altogether. */
  public int count() {
    return count;
  }

  /** Requests that have a slot. */
  public int running() {
    return Math.min(count, taken.get());
  }

  /** Requests that wait for one. */
  public int waiting() {
    return Math.max(0, taken.get() - count);
  }
}
