package dev.unmask.worker.api.watch;

import dev.unmask.decoder.v1.WatchPrefixesRequest;
import dev.unmask.decoder.v1.WatchPrefixesResponse;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;

/** A reader that takes as many events as it is told, and then none. */
final class WatchingReader
    implements ClientResponseObserver<WatchPrefixesRequest, WatchPrefixesResponse> {
  private final List<WatchPrefixesResponse> events = new CopyOnWriteArrayList<>();
  private volatile Optional<Status> status = Optional.empty();
  private volatile ClientCallStreamObserver<WatchPrefixesRequest> call;

  @Override
  public void beforeStart(ClientCallStreamObserver<WatchPrefixesRequest> started) {
    started.disableAutoRequestWithInitial(0);
    call = started;
  }

  void take(int events) {
    call.request(events);
  }

  void cancel() {
    call.cancel("enough", null);
  }

  /** How the call ended. */
  Optional<Status> status() {
    return status;
  }

  List<WatchPrefixesResponse> events() {
    return List.copyOf(events);
  }

  /** What is held after these events. */
  List<Long> held() {
    var held = new TreeSet<Long>();
    for (var event : events) {
      if (event.hasSnapshot()) {
        held.clear();
      }
      held.addAll(event.getSnapshot().getDigestsList());
      held.addAll(event.getStored().getDigestsList());
      event.getDropped().getDigestsList().forEach(held::remove);
    }
    return List.copyOf(held);
  }

  @Override
  public void onNext(WatchPrefixesResponse event) {
    events.add(event);
  }

  @Override
  public void onError(Throwable failure) {
    status = Optional.of(Status.fromThrowable(failure));
  }

  @Override
  public void onCompleted() {
    status = Optional.of(Status.OK);
  }
}
