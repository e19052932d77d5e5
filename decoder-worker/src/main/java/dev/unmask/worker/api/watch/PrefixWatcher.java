package dev.unmask.worker.api.watch;

import dev.unmask.contract.Limits;
import dev.unmask.contract.Problem;
import dev.unmask.contract.Problems;
import dev.unmask.decoder.v1.PromptPieces;
import dev.unmask.decoder.v1.WatchPrefixesResponse;
import dev.unmask.watch.EventFeed;
import dev.unmask.worker.serving.retained.Holdings;
import dev.unmask.worker.serving.retained.HoldingsListener;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.Collection;
import java.util.concurrent.Executor;

/**
 * One call that watches prefixes. What it misses is made up for by all that is held by then. Safe
 * for several threads.
 */
final class PrefixWatcher implements HoldingsListener {
  static final Problem STOPPING =
      new Problem.Unavailable("the worker is about to stop", Limits.RETRY_DELAY);

  private final Holdings holdings;
  private final EventFeed<WatchPrefixesResponse> feed;

  PrefixWatcher(
      Holdings holdings, ServerCallStreamObserver<WatchPrefixesResponse> out, Executor executor) {
    this.holdings = holdings;
    feed = new EventFeed<>(out, executor, Limits.PREFIX_EVENTS, new Snapshot());
  }

  /** A gap, and then everything anew. */
  private final class Snapshot implements EventFeed.Gap<WatchPrefixesResponse> {
    @Override
    public WatchPrefixesResponse event(long missed) {
      return WatchPrefixesResponse.newBuilder().setMissed(missed).build();
    }

    @Override
    public void sent() {
      holdings.tell(PrefixWatcher.this);
    }
  }

  @Override
  public void all(Collection<Long> digests) {
    feed.restart(WatchPrefixesResponse.newBuilder().setSnapshot(pieces(digests)).build());
  }

  @Override
  public void stored(Collection<Long> digests) {
    feed.tell(WatchPrefixesResponse.newBuilder().setStored(pieces(digests)).build());
  }

  @Override
  public void dropped(Collection<Long> digests) {
    feed.tell(WatchPrefixesResponse.newBuilder().setDropped(pieces(digests)).build());
  }

  private static PromptPieces pieces(Collection<Long> digests) {
    return PromptPieces.newBuilder().addAllDigests(digests).build();
  }

  /** Sends what waits, soon, on a thread of the executor. */
  void schedule() {
    feed.schedule();
  }

  /** Ends the call. */
  void end() {
    feed.end(Problems.toStatus(STOPPING));
  }
}
