package dev.unmask.cache.admin;

import dev.unmask.contract.Limits;
import dev.unmask.pagecache.v1.WatchStatesResponse;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One call that watches states. Events wait in a queue of at most {@link Limits#STATE_EVENTS}; what
 * does not fit is counted, and the count is sent in the place of what was missed. Safe for several
 * threads.
 */
final class Watcher {
  private final String namespace;
  private final ServerCallStreamObserver<WatchStatesResponse> out;
  private final Executor executor;
  private final Queue<WatchStatesResponse> events = new ArrayDeque<>();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private long missed;

  Watcher(String namespace, ServerCallStreamObserver<WatchStatesResponse> out, Executor executor) {
    this.namespace = namespace;
    this.out = out;
    this.executor = executor;
  }

  boolean wants(String other) {
    return namespace.isEmpty() || namespace.equals(other);
  }

  /** Takes an event to send. Never blocks. */
  void tell(WatchStatesResponse event) {
    synchronized (events) {
      // Once something is missed all is, until the count is sent: events stay in order around the
      // gap.
      if (missed > 0 || events.size() == Limits.STATE_EVENTS) {
        missed++;
      } else {
        events.add(event);
      }
    }
    schedule();
  }

  /** Sends what waits, soon, on a thread of the executor. */
  void schedule() {
    if (scheduled.compareAndSet(false, true)) {
      executor.execute(this::send);
    }
  }

  private void send() {
    scheduled.set(false);
    synchronized (out) {
      while (!out.isCancelled() && out.isReady()) {
        var event = next();
        if (event.isEmpty()) {
          return;
        }
        out.onNext(event.get());
      }
    }
  }

  private Optional<WatchStatesResponse> next() {
    synchronized (events) {
      if (events.isEmpty() && missed > 0) {
        var gap = WatchStatesResponse.newBuilder().setMissed(missed).build();
        missed = 0;
        return Optional.of(gap);
      }
      return Optional.ofNullable(events.poll());
    }
  }
}
