package dev.unmask.worker.api.watch;

import dev.unmask.contract.Limits;
import dev.unmask.contract.Problem;
import dev.unmask.contract.Problems;
import dev.unmask.decoder.v1.PromptPieces;
import dev.unmask.decoder.v1.WatchPrefixesResponse;
import dev.unmask.worker.serving.retained.Holdings;
import dev.unmask.worker.serving.retained.HoldingsListener;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One call that watches prefixes. Events wait in a queue of at most {@link Limits#PREFIX_EVENTS};
 * what does not fit is counted, and once the queue is empty the count is sent and then all that is
 * held by then. Safe for several threads.
 */
final class PrefixWatcher implements HoldingsListener {
  static final Problem STOPPING =
      new Problem.Unavailable("the worker is about to stop", Limits.RETRY_DELAY);

  private final Holdings holdings;
  private final ServerCallStreamObserver<WatchPrefixesResponse> out;
  private final Executor executor;
  private final Queue<WatchPrefixesResponse> events = new ArrayDeque<>();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private long missed;
  private boolean over;

  PrefixWatcher(
      Holdings holdings, ServerCallStreamObserver<WatchPrefixesResponse> out, Executor executor) {
    this.holdings = holdings;
    this.out = out;
    this.executor = executor;
  }

  @Override
  public void all(Collection<Long> digests) {
    synchronized (events) {
      // What is missed until here is part of the snapshot.
      missed = 0;
      events.clear();
      events.add(WatchPrefixesResponse.newBuilder().setSnapshot(pieces(digests)).build());
    }
    schedule();
  }

  @Override
  public void stored(Collection<Long> digests) {
    tell(WatchPrefixesResponse.newBuilder().setStored(pieces(digests)).build());
  }

  @Override
  public void dropped(Collection<Long> digests) {
    tell(WatchPrefixesResponse.newBuilder().setDropped(pieces(digests)).build());
  }

  private static PromptPieces pieces(Collection<Long> digests) {
    return PromptPieces.newBuilder().addAllDigests(digests).build();
  }

  private void tell(WatchPrefixesResponse event) {
    synchronized (events) {
      if (missed > 0 || events.size() == Limits.PREFIX_EVENTS) {
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
      try {
        executor.execute(this::send);
      } catch (RejectedExecutionException e) {
        // The worker stops, and has ended the call.
        scheduled.set(false);
      }
    }
  }

  private void send() {
    scheduled.set(false);
    synchronized (out) {
      while (!over && !out.isCancelled() && out.isReady()) {
        var event = next();
        if (event.isEmpty()) {
          return;
        }
        out.onNext(event.get());
        if (event.get().hasMissed()) {
          holdings.tell(this);
        }
      }
    }
  }

  private Optional<WatchPrefixesResponse> next() {
    synchronized (events) {
      return events.isEmpty() && missed > 0
          ? Optional.of(WatchPrefixesResponse.newBuilder().setMissed(missed).build())
          : Optional.ofNullable(events.poll());
    }
  }

  /** Ends the call. */
  void end() {
    synchronized (out) {
      if (!over && !out.isCancelled()) {
        out.onError(Problems.toStatus(STOPPING));
      }
      over = true;
    }
  }
}
