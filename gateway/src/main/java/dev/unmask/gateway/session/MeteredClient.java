package dev.unmask.gateway.session;

import dev.unmask.gateway.admission.gate.Permit;
import dev.unmask.generation.v1.GenerateResponse;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.Optional;

/**
 * A client whose request's permit hears what it is told. Which permit that is, it learns once the
 * request has one.
 */
final class MeteredClient extends ServerCallStreamObserver<GenerateResponse> {
  private final ServerCallStreamObserver<GenerateResponse> client;
  private volatile Optional<Permit> permit = Optional.empty();

  MeteredClient(ServerCallStreamObserver<GenerateResponse> client) {
    this.client = client;
  }

  void meter(Permit permit) {
    this.permit = Optional.of(permit);
  }

  @Override
  public void onNext(GenerateResponse event) {
    permit.ifPresent(some -> some.heard(event));
    client.onNext(event);
  }

  @Override
  public void onError(Throwable failure) {
    if (Status.fromThrowable(failure).getCode() == Status.Code.RESOURCE_EXHAUSTED) {
      permit.ifPresent(Permit::turnedAway);
    }
    permit.ifPresent(Permit::close);
    client.onError(failure);
  }

  @Override
  public void onCompleted() {
    permit.ifPresent(Permit::close);
    client.onCompleted();
  }

  @Override
  public boolean isReady() {
    return client.isReady();
  }

  @Override
  public boolean isCancelled() {
    return client.isCancelled();
  }

  @Override
  public void setOnReadyHandler(Runnable handler) {
    client.setOnReadyHandler(handler);
  }

  @Override
  public void setOnCancelHandler(Runnable handler) {
    client.setOnCancelHandler(handler);
  }

  @Override
  public void setOnCloseHandler(Runnable handler) {
    client.setOnCloseHandler(handler);
  }

  @Override
  public void setCompression(String compression) {
    client.setCompression(compression);
  }

  @Override
  public void setMessageCompression(boolean enable) {
    client.setMessageCompression(enable);
  }

  @Override
  public void disableAutoInboundFlowControl() {
    client.disableAutoInboundFlowControl();
  }

  @Override
  public void request(int count) {
    client.request(count);
  }
}
