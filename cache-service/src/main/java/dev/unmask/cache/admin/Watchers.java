package dev.unmask.cache.admin;

import dev.unmask.cache.states.StateListener;
import dev.unmask.cache.store.StateName;
import dev.unmask.contract.Limits;
import dev.unmask.contract.Problem;
import dev.unmask.contract.ProblemException;
import dev.unmask.pagecache.v1.StateEvent;
import dev.unmask.pagecache.v1.WatchStatesResponse;
import dev.unmask.watch.EventFeed;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;

/**
 * Everybody who watches states, at most {@link Limits#STATE_WATCHERS}. Safe for several threads.
 *
 * <p>The store tells events under its lock, so they are only put into each watcher's queue there; a
 * thread of the executor sends them.
 */
public final class Watchers implements StateListener {
  /**
   * One call.
   *
   * @param namespace whose states; empty: all
   */
  private record Watcher(String namespace, EventFeed<WatchStatesResponse> feed) {
    boolean wants(StateName state) {
      return namespace.isEmpty() || namespace.equals(state.namespace());
    }
  }

  private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
  private final Executor executor;

  /**
   * Nobody watches yet.
   *
   * @param executor sends events; one task a watcher at a time
   */
  public Watchers(Executor executor) {
    this.executor = executor;
  }

  @Override
  public void stored(StateName state) {
    if (!watchers.isEmpty()) {
      tell(state, WatchStatesResponse.newBuilder().setStored(event(state)).build());
    }
  }

  @Override
  public void evicted(StateName state) {
    if (!watchers.isEmpty()) {
      tell(state, WatchStatesResponse.newBuilder().setEvicted(event(state)).build());
    }
  }

  /**
   * A call watches until it ends.
   *
   * @param namespace whose states; empty: all
   * @throws ProblemException if too many watch
   */
  void add(String namespace, ServerCallStreamObserver<WatchStatesResponse> out) {
    var feed = new EventFeed<>(out, executor, Limits.STATE_EVENTS, Watchers::gap);
    var watcher = new Watcher(namespace, feed);
    synchronized (watchers) {
      if (watchers.size() >= Limits.STATE_WATCHERS) {
        throw new ProblemException(
            new Problem.Exhausted(
                Limits.STATE_WATCHERS + " calls watch states already", Limits.RETRY_DELAY));
      }
      watchers.add(watcher);
    }
    out.setOnCancelHandler(() -> watchers.remove(watcher));
    out.setOnReadyHandler(feed::schedule);
  }

  private void tell(StateName state, WatchStatesResponse event) {
    for (var watcher : watchers) {
      if (watcher.wants(state)) {
        watcher.feed().tell(event);
      }
    }
  }

  private static WatchStatesResponse gap(long missed) {
    return WatchStatesResponse.newBuilder().setMissed(missed).build();
  }

  private static StateEvent event(StateName state) {
    return StateEvent.newBuilder()
        .setNamespace(state.namespace())
        .setState(state.key().toMessage())
        .build();
  }
}
