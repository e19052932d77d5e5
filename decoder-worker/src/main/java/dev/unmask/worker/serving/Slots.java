package dev.unmask.worker.serving;

import dev.unmask.contract.Limits;
import dev.unmask.contract.Problem;
import dev.unmask.contract.ProblemException;
import dev.unmask.worker.engine.KvPool;
import dev.unmask.worker.scheduling.Admission;
import dev.unmask.worker.scheduling.Admission.Admitted;
import dev.unmask.worker.scheduling.Demand;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Places in the engine for running requests, with the device's memory they need, and a bounded line
 * of waiting ones, in the order of {@link Admission}. Thread-safe.
 */
public final class Slots {
  private final int count;
  private final Admission<Waiter> admission;

  /**
   * All free.
   *
   * @param count requests that may run at once
   */
  public Slots(int count) {
    this.count = count;
    admission = new Admission<>(count);
  }

  /** A request in line. */
  private static final class Waiter {
    private final CompletableFuture<Admitted<Waiter>> place = new CompletableFuture<>();
  }

  /** A taken slot; closing it, once nothing uses its memory, frees both. */
  public final class Slot implements AutoCloseable {
    private final Admitted<Waiter> place;

    private Slot(Admitted<Waiter> place) {
      this.place = place;
    }

    /** The device's memory that goes with it. */
    public KvPool.Run run() {
      return place.run();
    }

    @Override
    public void close() {
      leave(place);
    }
  }

  /**
   * Waits in line for a slot.
   *
   * @throws ProblemException a bad request, if it needs more memory than there is; Exhausted, at
   *     once, if the line is full
   * @throws InterruptedException if the request was cancelled while it waited
   */
  public Slot take(Demand demand) throws InterruptedException {
    var waiter = join(demand);
    try {
      return new Slot(waiter.place.get());
    } catch (InterruptedException e) {
      withdraw(waiter);
      throw e;
    } catch (ExecutionException e) {
      throw new IllegalStateException("places are never exceptions", e);
    }
  }

  private synchronized Waiter join(Demand demand) {
    if (!demand.possible()) {
      throw new ProblemException(tooLarge(demand));
    }
    var waiter = new Waiter();
    admission.add(waiter, demand);
    admit();
    if (!waiter.place.isDone() && admission.waiting() > Limits.WAITING_REQUESTS) {
      admission.withdraw(waiter);
      throw new ProblemException(full());
    }
    return waiter;
  }

  private static Problem tooLarge(Demand demand) {
    return Problem.BadRequest.of(
        "prompt",
        "needs, with what is generated, %d positions of this worker's memory, which has %d"
            .formatted(demand.positions(), demand.pool().capacity()));
  }

  private Problem full() {
    return new Problem.Exhausted(
        "%d of %d slots are taken and %d requests wait"
            .formatted(admission.running(), count, Limits.WAITING_REQUESTS),
        Limits.BUSY_RETRY);
  }

  private synchronized void withdraw(Waiter waiter) {
    if (admission.withdraw(waiter)) {
      // Those behind may have waited for what this one was first in line for.
      admit();
    } else {
      leave(waiter.place.join());
    }
  }

  private synchronized void leave(Admitted<Waiter> place) {
    admission.leave(place);
    admit();
  }

  private void admit() {
    admission.admit().forEach(place -> place.request().place.complete(place));
  }

  /** Slots altogether. */
  public int count() {
    return count;
  }

  /** Requests that have a slot. */
  public synchronized int running() {
    return admission.running();
  }

  /** Requests that wait for one. */
  public synchronized int waiting() {
    return admission.waiting();
  }
}
