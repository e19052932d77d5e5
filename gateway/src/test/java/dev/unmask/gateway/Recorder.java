package dev.unmask.gateway;

import dev.unmask.generation.v1.GenerateRequest;
import dev.unmask.generation.v1.GenerateResponse;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A client that takes events only when told to, and keeps them. */
final class Recorder implements ClientResponseObserver<GenerateRequest, GenerateResponse> {
  private final List<GenerateResponse> events = Collections.synchronizedList(new ArrayList<>());
  private final CompletableFuture<Void> over = new CompletableFuture<>();
  private ClientCallStreamObserver<GenerateRequest> call;

  @Override
  public void beforeStart(ClientCallStreamObserver<GenerateRequest> call) {
    this.call = call;
    call.disableAutoRequestWithInitial(0);
  }

  void ask(int events) {
    call.request(events);
  }

  void cancel() {
    call.cancel("enough", null);
  }

  List<GenerateResponse> events() {
    return events;
  }

  CompletableFuture<Void> over() {
    return over;
  }

  @Override
  public void onNext(GenerateResponse event) {
    events.add(event);
  }

  @Override
  public void onError(Throwable failure) {
    over.completeExceptionally(failure);
  }

  @Override
  public void onCompleted() {
    over.complete(null);
  }
}
