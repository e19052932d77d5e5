package dev.unmask.gateway.session;

import dev.unmask.generation.v1.GenerateResponse;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A client whose readiness a test sets, and which keeps what it is told. */
final class FakeClient extends ServerCallStreamObserver<GenerateResponse> {
  final List<GenerateResponse> events = new ArrayList<>();
  Optional<Throwable> failure = Optional.empty();
  boolean completed;
  private Runnable onReady = () -> {};
  private Runnable onCancel = () -> {};
  private boolean ready;
  private boolean cancelled;

  FakeClient ready(boolean now) {
    ready = now;
    if (now) {
      onReady.run();
    }
    return this;
  }

  void cancel() {
    cancelled = true;
    onCancel.run();
  }

  @Override
  public boolean isReady() {
    return ready;
  }

  @Override
  public void setOnReadyHandler(Runnable handler) {
    onReady = handler;
  }

  @Override
  public boolean isCancelled() {
    return cancelled;
  }

  @Override
  public void setOnCancelHandler(Runnable handler) {
    onCancel = handler;
  }

  @Override
  public void setCompression(String compression) {}

  @Override
  public void setMessageCompression(boolean enable) {}

  @Override
  public void disableAutoInboundFlowControl() {}

  @Override
  public void request(int count) {}

  @Override
  public void onNext(GenerateResponse event) {
    events.add(event);
  }

  @Override
  public void onError(Throwable error) {
    failure = Optional.of(error);
  }

  @Override
  public void onCompleted() {
    completed = true;
  }
}
