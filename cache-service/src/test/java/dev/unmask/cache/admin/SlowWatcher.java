package dev.unmask.cache.admin;

import dev.unmask.pagecache.v1.WatchStatesRequest;
import dev.unmask.pagecache.v1.WatchStatesResponse;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A watcher that takes as many events as it is told, and then none. */
final class SlowWatcher implements ClientResponseObserver<WatchStatesRequest, WatchStatesResponse> {
  private final List<WatchStatesResponse> events = new CopyOnWriteArrayList<>();
  private volatile boolean over;
  private volatile ClientCallStreamObserver<WatchStatesRequest> call;

  @Override
  public void beforeStart(ClientCallStreamObserver<WatchStatesRequest> started) {
    started.disableAutoRequestWithInitial(0);
    call = started;
  }

  void take(int events) {
    call.request(events);
  }

  void cancel() {
    call.cancel("enough", null);
  }

  boolean isOver() {
    return over;
  }

  List<WatchStatesResponse> events() {
    return List.copyOf(events);
  }

  @Override
  public void onNext(WatchStatesResponse event) {
    events.add(event);
  }

  @Override
  public void onError(Throwable failure) {
    over = true;
  }

  @Override
  public void onCompleted() {
    over = true;
  }
}
