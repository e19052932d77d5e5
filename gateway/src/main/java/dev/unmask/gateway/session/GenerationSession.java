package dev.unmask.gateway.session;

import dev.unmask.contract.Problem;
import dev.unmask.contract.Problems;
import dev.unmask.decoder.v1.DecodeRequest;
import dev.unmask.decoder.v1.DecodeResponse;
import dev.unmask.decoder.v1.DecoderServiceGrpc.DecoderServiceStub;
import dev.unmask.gateway.routing.WorkerView;
import dev.unmask.generation.v1.GenerateResponse;
import io.grpc.Context;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * The relay of one request: events of a worker go to the client in order, and the next one is asked
 * for once the client can take it, so a slow client slows its worker and fills no memory here.
 *
 * <pre>
 *   worker  -- event -->  session  -- event -->  client
 *           <- request 1 -         <-- ready ---
 *           <-- cancel ---         <-- cancel --
 * </pre>
 *
 * <p>Made inside the client's call; its two sides then run on a thread each.
 */
final class GenerationSession implements ClientResponseObserver<DecodeRequest, DecodeResponse> {
  private final ServerCallStreamObserver<GenerateResponse> client;
  private final Consumer<WorkerView> onLost;
  private final AtomicReference<Optional<ClientCallStreamObserver<DecodeRequest>>> running =
      new AtomicReference<>(Optional.empty());

  /** Whether an event went to the client and the next was not asked for yet. */
  private final AtomicBoolean owed = new AtomicBoolean();

  // Set before the call starts and afterwards read by its callbacks only.
  private Optional<WorkerView> worker = Optional.empty();
  private Optional<ClientCallStreamObserver<DecodeRequest>> starting = Optional.empty();
  private boolean closed;

  GenerationSession(
      ServerCallStreamObserver<GenerateResponse> client, Consumer<WorkerView> onLost) {
    this.client = client;
    this.onLost = onLost;
    client.setOnCancelHandler(this::cancel);
    client.setOnReadyHandler(this::askForMore);
  }

  /** Starts the worker's call; a client that left meanwhile ends it at once. */
  void open(WorkerView chosen, DecoderServiceStub stub, DecodeRequest request) {
    if (client.isCancelled()) {
      return;
    }
    worker = Optional.of(chosen);
    // In a context of its own: ours is cancelled with the client's call, and then the worker's end
    // would be heard of before the client's, as if the worker had broken off.
    Context.current().fork().run(() -> stub.decode(request, this));
    running.set(starting);
    if (client.isCancelled()) {
      cancel();
    }
  }

  /** Ends a request that never reached a worker. */
  void refuse(Throwable failure) {
    if (!client.isCancelled()) {
      client.onError(Problems.toStatus(failure));
    }
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<DecodeRequest> call) {
    // A call must not be cancelled before it started, so cancel() sees it only after that.
    starting = Optional.of(call);
    call.disableAutoRequestWithInitial(1);
  }

  @Override
  public void onNext(DecodeResponse event) {
    closed = event.hasClosed();
    Events.toClient(event).ifPresent(client::onNext);
    owed.set(true);
    askForMore();
  }

  @Override
  public void onError(Throwable failure) {
    if (client.isCancelled()) {
      return;
    }
    var broken = new WorkerFailure(name(), failure);
    if (broken.lost()) {
      worker.ifPresent(onLost);
    }
    client.onError(broken.toStatus());
  }

  @Override
  public void onCompleted() {
    if (client.isCancelled()) {
      return;
    }
    if (closed) {
      client.onCompleted();
    } else {
      client.onError(
          Problems.toStatus(
              new Problem.Internal("worker " + name() + " ended the request without Closed")));
    }
  }

  private void askForMore() {
    if (client.isReady() && owed.compareAndSet(true, false)) {
      starting.ifPresent(call -> call.request(1));
    }
  }

  private void cancel() {
    running.get().ifPresent(call -> call.cancel("the client cancelled", null));
  }

  private String name() {
    return worker.map(WorkerView::name).orElse("?");
  }
}
