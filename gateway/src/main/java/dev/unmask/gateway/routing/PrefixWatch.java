package dev.unmask.gateway.routing;

import dev.unmask.contract.Limits;
import dev.unmask.decoder.v1.DecoderServiceGrpc.DecoderServiceStub;
import dev.unmask.decoder.v1.WatchPrefixesRequest;
import dev.unmask.decoder.v1.WatchPrefixesResponse;
import io.grpc.Context;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Keeps up with what one worker's device holds: one call at a time, each beginning with a snapshot.
 * Between two calls nothing is known. Safe for any thread.
 */
final class PrefixWatch implements StreamObserver<WatchPrefixesResponse> {
  private final HeldPieces held = new HeldPieces();
  private final AtomicBoolean watching = new AtomicBoolean();

  /** What the worker holds; always the same object. */
  HeldPieces held() {
    return held;
  }

  /** Watches, unless it does already; for at most {@link Limits#PREFIX_WATCH_TIME}. */
  void open(DecoderServiceStub worker) {
    if (watching.compareAndSet(false, true)) {
      // No request's: its end must not end the watch.
      Context.ROOT.run(() ->
          worker
              .withDeadlineAfter(Limits.PREFIX_WATCH_TIME.toSeconds(), TimeUnit.SECONDS)
              .watchPrefixes(WatchPrefixesRequest.getDefaultInstance(), this));
    }
  }

  @Override
  public void onNext(WatchPrefixesResponse event) {
    switch (event.getEventCase()) {
      case SNAPSHOT -> held.replace(event.getSnapshot().getDigestsList());
      case STORED -> held.add(event.getStored().getDigestsList());
      case DROPPED -> held.remove(event.getDropped().getDigestsList());
      case MISSED, EVENT_NOT_SET -> {
        // A snapshot follows; until then what is known is about right.
      }
    }
  }

  @Override
  public void onError(Throwable failure) {
    onCompleted();
  }

  @Override
  public void onCompleted() {
    held.clear();
    watching.set(false);
  }
}
