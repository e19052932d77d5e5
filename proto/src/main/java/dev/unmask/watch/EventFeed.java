package dev.unmask.watch;

import io.grpc.stub.ServerCallStreamObserver;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Events of one watching call, in order. They wait in a bounded queue; what does not fit is
 * counted, and the count is sent in the place of what was missed. Telling never blocks: a thread of
 * an executor sends. Safe for several threads.
 *
 * @param <E> an event
 */
public final class EventFeed<E> {
  /**
   * What takes the place of missed events.
   *
   * @param <E> an event
   */
  public interface Gap<E> {
    /** Says how many were missed. */
    E event(long missed);

    /** It was sent: the time to say what else makes up for it. */
    default void sent() {}
  }

  private final ServerCallStreamObserver<E> out;
  private final Executor executor;
  private final int most;
  private final Gap<E> gap;
  private final Queue<E> events = new ArrayDeque<>();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private long missed;
  private boolean over;

  /**
   * Nothing to send yet. The call's ready handler is the caller's to set, to {@link #schedule}.
   *
   * @param most events that may wait
   */
  public EventFeed(ServerCallStreamObserver<E> out, Executor executor, int most, Gap<E> gap) {
    this.out = out;
    this.executor = executor;
    this.most = most;
    this.gap = gap;
  }

  /** Takes an event to send. */
  public void tell(E event) {
    synchronized (events) {
      // Once something is missed all is, until the count is sent: events stay in order around the
      // gap.
      if (missed > 0 || events.size() == most) {
        missed++;
      } else {
        events.add(event);
      }
    }
    schedule();
  }

  /** Takes an event that makes up for all that waits, and for all that was missed. */
  public void restart(E event) {
    synchronized (events) {
      missed = 0;
      events.clear();
      events.add(event);
    }
    schedule();
  }

  /** Sends what waits, soon. */
  public void schedule() {
    if (scheduled.compareAndSet(false, true)) {
      try {
        executor.execute(this::send);
      } catch (RejectedExecutionException e) {
        // The service stops, and ends its calls.
        scheduled.set(false);
      }
    }
  }

  /** Ends the call, unless it has ended. */
  public void end(Throwable status) {
    synchronized (out) {
      if (!over && !out.isCancelled()) {
        out.onError(status);
      }
      over = true;
    }
  }

  private void send() {
    scheduled.set(false);
    synchronized (out) {
      while (!over && !out.isCancelled() && out.isReady()) {
        var next = next();
        if (next.isEmpty()) {
          return;
        }
        out.onNext(next.get().event());
        if (next.get().gap()) {
          gap.sent();
        }
      }
    }
  }

  /**
   * What is sent next.
   *
   * @param gap whether it stands for missed ones
   */
  private record Next<E>(E event, boolean gap) {}

  private Optional<Next<E>> next() {
    synchronized (events) {
      if (events.isEmpty() && missed > 0) {
        var counted = gap.event(missed);
        missed = 0;
        return Optional.of(new Next<>(counted, true));
      }
      return Optional.ofNullable(events.poll()).map(event -> new Next<>(event, false));
    }
  }
}
