package dev.unmask.cache.api;

import dev.unmask.pagecache.v1.ReadPagesRequest;
import dev.unmask.pagecache.v1.ReadPagesResponse;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A reader that takes as many messages as it is told, and then none. */
final class LazyReader implements ClientResponseObserver<ReadPagesRequest, ReadPagesResponse> {
  private final AtomicInteger taken = new AtomicInteger();
  private final CompletableFuture<Status.Code> over = new CompletableFuture<>();
  private volatile ClientCallStreamObserver<ReadPagesRequest> call;

  @Override
  public void beforeStart(ClientCallStreamObserver<ReadPagesRequest> started) {
    started.disableAutoRequestWithInitial(0);
    call = started;
  }

  void take(int messages) {
    call.request(messages);
  }

  int taken() {
    return taken.get();
  }

  void cancel() {
    call.cancel("enough", null);
  }

  boolean over() {
    return over.isDone();
  }

  /** How the call ended, once it has. */
  Status.Code ended() {
    return over.orTimeout(20, TimeUnit.SECONDS).join();
  }

  @Override
  public void onNext(ReadPagesResponse chunk) {
    taken.incrementAndGet();
  }

  @Override
  public void onError(Throwable failure) {
    over.complete(Status.fromThrowable(failure).getCode());
  }

  @Override
  public void onCompleted() {
    over.complete(Status.Code.OK);
  }
}
