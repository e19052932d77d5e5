package dev.unmask.cache.api;

import dev.unmask.pagecache.v1.ReadPagesRequest;
import dev.unmask.pagecache.v1.ReadPagesResponse;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.concurrent.atomic.AtomicInteger;

/** A reader that takes as many messages as it is told, and then none. */
final class LazyReader implements ClientResponseObserver<ReadPagesRequest, ReadPagesResponse> {
  private final AtomicInteger taken = new AtomicInteger();
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

  @Override
  public void onNext(ReadPagesResponse chunk) {
    taken.incrementAndGet();
  }

  @Override
  public void onError(Throwable failure) {}

  @Override
  public void onCompleted() {}
}
