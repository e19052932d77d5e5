package dev.unmask.gateway.session;

import dev.unmask.decoder.v1.DecodeRequest;
import dev.unmask.decoder.v1.DecodeResponse;
import dev.unmask.decoder.v1.DecoderServiceGrpc.DecoderServiceStub;
import dev.unmask.gateway.routing.WorkerView;
import io.grpc.SynchronizationContext;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.Optional;

/**
 * One try to have a request decoded: a call to one worker. Events are asked for one by one; what
 * still comes after its end is dropped. All but the observer's own methods are called in turn.
 */
final class Attempt implements ClientResponseObserver<DecodeRequest, DecodeResponse> {
  /** What a worker still owes, by what it has told. */
  enum Owed {
    /** A first step, for which it may have to wait for a place or for somebody's states. */
    BEGINNING,
    /** The next step, or what comes with one. */
    STEP,
    /** Nothing but the end of its call: its last event is told. */
    END
  }

  /** Is told, in turn, what a worker says; nothing after a failure or the end. */
  interface Listener {
    void heard(Attempt attempt, DecodeResponse event);

    void failed(Attempt attempt, Throwable failure);

    void completed(Attempt attempt);
  }

  private final WorkerView worker;
  private final Admitted admitted;
  private final SynchronizationContext turns;
  private final Listener listener;
  private Optional<ClientCallStreamObserver<DecodeRequest>> call = Optional.empty();
  private int asked = 1;
  private boolean waiting = true;
  private Owed owed = Owed.BEGINNING;
  private boolean over;

  Attempt(WorkerView worker, Admitted admitted, SynchronizationContext turns, Listener listener) {
    this.worker = worker;
    this.admitted = admitted;
    this.turns = turns;
    this.listener = listener;
  }

  WorkerView worker() {
    return worker;
  }

  Admitted admitted() {
    return admitted;
  }

  /** Starts the call and asks for the first event. */
  void open(DecoderServiceStub stub, DecodeRequest request) {
    stub.withDeadline(admitted.time().deadline()).decode(request, this);
  }

  /** Asks for the next event, once what was asked for has come. */
  void ask() {
    if (!waiting && !over) {
      waiting = true;
      asked++;
      call.ifPresent(started -> started.request(1));
    }
  }

  /** Ends the call; nothing more is heard of it. */
  void cancel(String why) {
    over = true;
    call.ifPresent(started -> started.cancel(why, null));
  }

  /** Events asked for so far. */
  int asked() {
    return asked;
  }

  /** Whether the worker was asked for what it owes. */
  boolean waiting() {
    return waiting;
  }

  /** What the worker owes next. */
  Owed owed() {
    return owed;
  }

  /** Runs something in turn, unless the attempt is over by then. */
  void inTurn(Runnable task) {
    turns.execute(() -> {
      if (!over) {
        task.run();
      }
    });
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<DecodeRequest> starting) {
    call = Optional.of(starting);
    starting.disableAutoRequestWithInitial(1);
  }

  @Override
  public void onNext(DecodeResponse event) {
    inTurn(() -> {
      waiting = false;
      if (event.hasDelta()) {
        owed = Owed.STEP;
      } else if (event.hasClosed()) {
        owed = Owed.END;
      }
      listener.heard(this, event);
    });
  }

  @Override
  public void onError(Throwable failure) {
    inTurn(() -> {
      over = true;
      listener.failed(this, failure);
    });
  }

  @Override
  public void onCompleted() {
    inTurn(() -> {
      over = true;
      listener.completed(this);
    });
  }
}
