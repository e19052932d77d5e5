package dev.unmask.gateway.session;

import io.grpc.stub.StreamObserver;
import java.util.function.Function;

/** Passes a worker's one answer on to a client, in the client's message. */
final class Answer<A, B> implements StreamObserver<A> {
  private final String worker;
  private final StreamObserver<B> client;
  private final Function<A, B> translation;

  Answer(String worker, StreamObserver<B> client, Function<A, B> translation) {
    this.worker = worker;
    this.client = client;
    this.translation = translation;
  }

  @Override
  public void onNext(A answer) {
    client.onNext(translation.apply(answer));
  }

  @Override
  public void onError(Throwable failure) {
    client.onError(new WorkerFailure(worker, failure).toStatus());
  }

  @Override
  public void onCompleted() {
    client.onCompleted();
  }
}
