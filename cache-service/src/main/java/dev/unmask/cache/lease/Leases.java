package dev.unmask.cache.lease;

import dev.unmask.contract.Limits;
import dev.unmask.contract.Problem;
import dev.unmask.contract.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.concurrent.CompletableFuture;

/**
 * Leases of states and the callers that wait for them. When a holder gives up, or its term is over,
 * the caller that waited longest is the next; when the pages are stored, all are told. Nothing is
 * kept of a state that nobody computes. Safe for several threads; nobody blocks, and nobody is told
 * anything while a lock is held.
 */
public final class Leases {
  private final Alarm alarm;
  private final Map<LeasedState, Lease> leases = new HashMap<>();
  private long generation;
  private int waiting;

  /**
   * Nobody computes anything.
   *
   * @param alarm that ends terms and waits
   * @param first number of a lease: above all of an earlier process, whose holders may still be
   *     there
   */
  public Leases(Alarm alarm, long first) {
    this.alarm = alarm;
    this.generation = first;
  }

  /** A lease: its holder is known by its number alone. */
  private static final class Lease {
    private final long generation;
    private final SequencedSet<Waiter> waiters;
    private Runnable callOff = () -> {};

    Lease(long generation, SequencedSet<Waiter> waiters) {
      this.generation = generation;
      this.waiters = waiters;
    }
  }

  /**
   * Asks for the lease of a state. Cancelling what is returned leaves the line.
   *
   * @param term how long the caller keeps it at most
   * @param wait how long the caller waits for another one
   * @throws ProblemException exhausted, if too many states are leased or too many callers wait
   */
  public CompletableFuture<Decision> acquire(LeasedState state, Duration term, Duration wait) {
    var waiter = new Waiter(term);
    Runnable news;
    synchronized (this) {
      var lease = Optional.ofNullable(leases.get(state));
      news =
          lease.isEmpty()
              ? grant(state, waiter, new LinkedHashSet<>())
              : queue(state, lease.get(), waiter, wait);
    }
    news.run();
    return waiter.decision();
  }

  /**
   * Ends a lease.
   *
   * @param fulfilled whether the pages are stored
   * @return whether it was still held
   */
  public boolean release(LeasedState state, long held, boolean fulfilled) {
    var news = new ArrayList<Runnable>();
    synchronized (this) {
      var lease = leases.get(state);
      if (lease == null || lease.generation != held) {
        return false;
      }
      leases.remove(state);
      lease.callOff.run();
      if (fulfilled) {
        tellAll(lease, news);
      } else {
        next(state, lease.waiters).ifPresent(news::add);
      }
    }
    news.forEach(Runnable::run);
    return true;
  }

  /** States that are computed now. */
  public synchronized int held() {
    return leases.size();
  }

  /** Callers that wait for one. */
  public synchronized int waiting() {
    return waiting;
  }

  private Runnable grant(LeasedState state, Waiter waiter, SequencedSet<Waiter> others) {
    if (leases.size() >= Limits.LEASES) {
      throw exhausted("too many states are computed at once");
    }
    var lease = new Lease(generation++, others);
    leases.put(state, lease);
    lease.callOff = alarm.after(waiter.term(), () -> release(state, lease.generation, false));
    return () -> {
      if (!waiter.decision().complete(new Decision.Granted(lease.generation))) {
        release(state, lease.generation, false);
      }
    };
  }

  private Runnable queue(LeasedState state, Lease lease, Waiter waiter, Duration wait) {
    if (wait.isZero()) {
      return () -> waiter.decision().complete(new Decision.Held());
    }
    if (waiting >= Limits.LEASE_WAITERS) {
      throw exhausted("too many callers wait for a state");
    }
    lease.waiters.addLast(waiter);
    waiting++;
    var callOff = alarm.after(wait, () -> waiter.decision().complete(new Decision.Held()));
    return () -> {
      var _ =
          waiter
              .decision()
              .whenComplete((_, _) -> {
                callOff.run();
                leave(state, waiter);
              });
    };
  }

  /** The one that waited longest computes; the others wait for it as long as they said. */
  private Optional<Runnable> next(LeasedState state, SequencedSet<Waiter> waiters) {
    if (waiters.isEmpty()) {
      return Optional.empty();
    }
    waiting--;
    return Optional.of(grant(state, waiters.removeFirst(), waiters));
  }

  private void tellAll(Lease lease, List<Runnable> news) {
    waiting -= lease.waiters.size();
    lease.waiters.forEach(
        waiter -> news.add(() -> waiter.decision().complete(new Decision.Fulfilled())));
    lease.waiters.clear();
  }

  private synchronized void leave(LeasedState state, Waiter waiter) {
    var lease = leases.get(state);
    if (lease != null && lease.waiters.remove(waiter)) {
      waiting--;
    }
  }

  private static ProblemException exhausted(String message) {
    return new ProblemException(new Problem.Exhausted(message, Limits.RETRY_DELAY));
  }
}
