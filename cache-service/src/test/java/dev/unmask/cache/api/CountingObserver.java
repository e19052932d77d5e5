package dev.unmask.cache.api;

import dev.unmask.pagecache.v1.WritePagesResponse;
import io.grpc.stub.ServerCallStreamObserver;

/** A call's other side, which counts how often it is told the end. */
final class CountingObserver extends ServerCallStreamObserver<WritePagesResponse> {
  private Runnable cancelled = () -> {};
  private int ends;

  int ends() {
    return ends;
  }

  /** Hangs up. */
  void cancel() {
    cancelled.run();
  }

  @Override
  public void onError(Throwable failure) {
    ends++;
  }

  @Override
  public void onCompleted() {
    ends++;
  }

  @Override
  public void setOnCancelHandler(Runnable handler) {
    cancelled = handler;
  }

  @Override
  public void onNext(WritePagesResponse response) {}

  @Override
  public boolean isCancelled() {
    return false;
  }

  @Override
  public boolean isReady() {
    return true;
  }

  @Override
  public void setCompression(String compression) {}

  @Override
  public void setOnReadyHandler(Runnable handler) {}

  @Override
  public void disableAutoInboundFlowControl() {}

  @Override
  public void request(int count) {}

  @Override
  public void setMessageCompression(boolean enable) {}
}
