package dev.unmask.worker.api.watch;

import dev.unmask.contract.Limits;
import dev.unmask.contract.Problem;
import dev.unmask.contract.ProblemException;
import dev.unmask.decoder.v1.WatchPrefixesResponse;
import dev.unmask.worker.serving.retained.Holdings;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * All calls that watch prefixes, at most {@link Limits#PREFIX_WATCHERS}. Safe for several threads.
 */
public final class PrefixWatchers implements AutoCloseable {
  private final Holdings holdings;
  private final List<PrefixWatcher> watchers = new CopyOnWriteArrayList<>();

  /** Sends events: changes are told under the memory pool's lock, where nothing may wait. */
  private final ExecutorService executor =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("prefix-events-", 0).factory());

  private boolean closed;

  /** Nobody watches yet. */
  public PrefixWatchers(Holdings holdings) {
    this.holdings = holdings;
  }

  /**
   * A call watches until it ends.
   *
   * @throws ProblemException Exhausted if too many watch, Unavailable if the worker stops
   */
  public void add(ServerCallStreamObserver<WatchPrefixesResponse> out) {
    var watcher = new PrefixWatcher(holdings, out, executor);
    synchronized (watchers) {
      if (closed) {
        throw new ProblemException(PrefixWatcher.STOPPING);
      }
      if (watchers.size() >= Limits.PREFIX_WATCHERS) {
        throw new ProblemException(
            new Problem.Exhausted(
                Limits.PREFIX_WATCHERS + " calls watch prefixes already", Limits.RETRY_DELAY));
      }
      watchers.add(watcher);
    }
    out.setOnCancelHandler(() -> remove(watcher));
    out.setOnReadyHandler(watcher::schedule);
    holdings.tell(watcher);
    if (out.isCancelled()) {
      // Gone before the handler was there, or while it was told.
      remove(watcher);
    }
  }

  private void remove(PrefixWatcher watcher) {
    watchers.remove(watcher);
    holdings.leave(watcher);
  }

  /** How many watch. */
  public int count() {
    return watchers.size();
  }

  /** Ends all calls that watch, and takes no more. */
  @Override
  public void close() {
    synchronized (watchers) {
      closed = true;
    }
    watchers.forEach(watcher -> {
      remove(watcher);
      watcher.end();
    });
    executor.shutdown();
  }
}
