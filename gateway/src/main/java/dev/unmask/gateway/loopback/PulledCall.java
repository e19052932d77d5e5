package dev.unmask.gateway.loopback;

import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.StreamObserver;
import java.util.Optional;
import java.util.function.BiConsumer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;

/**
 * One gRPC call as a reactive stream.
 *
 * <pre>
 *   service  -- message -->  call  -- message -->  subscriber
 *            <- request n --       <- request n --
 *            <-- cancel ----       <-- cancel ----
 * </pre>
 */
final class PulledCall<A, B> implements ClientResponseObserver<A, B> {
  private final FluxSink<B> subscriber;
  private Optional<ClientCallStreamObserver<A>> call = Optional.empty();

  private PulledCall(FluxSink<B> subscriber) {
    this.subscriber = subscriber;
  }

  /** A stream whose every subscription makes the call. */
  static <A, B> Flux<B> of(A request, BiConsumer<A, StreamObserver<B>> method) {
    return Flux.create(subscriber -> new PulledCall<A, B>(subscriber).make(request, method));
  }

  private void make(A request, BiConsumer<A, StreamObserver<B>> method) {
    method.accept(request, this);
    // Only a started call can be asked or cancelled. What the subscriber did before is told now.
    call.ifPresent(started -> {
      subscriber.onRequest(count -> started.request(Math.clamp(count, 0, Integer.MAX_VALUE)));
      subscriber.onCancel(() -> started.cancel("the client left", null));
    });
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<A> starting) {
    call = Optional.of(starting);
    starting.disableAutoRequestWithInitial(0);
  }

  @Override
  public void onNext(B message) {
    subscriber.next(message);
  }

  @Override
  public void onError(Throwable failure) {
    subscriber.error(failure);
  }

  @Override
  public void onCompleted() {
    subscriber.complete();
  }
}
