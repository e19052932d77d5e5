package dev.unmask.gateway.session;

import dev.unmask.contract.Limits;
import dev.unmask.contract.Problem;
import dev.unmask.contract.ProblemException;
import dev.unmask.contract.Problems;
import dev.unmask.decoder.v1.DecodeResponse;
import dev.unmask.gateway.routing.WorkerView;
import dev.unmask.gateway.session.Reopening.Next;
import dev.unmask.generation.v1.GenerateResponse;
import io.grpc.Context;
import io.grpc.SynchronizationContext;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The relay of one request: events of a worker go to the client in order, and the next one is asked
 * for once the client can take it, so a slow client slows its worker and fills no memory here. When
 * the worker is lost, another one goes on where the client was told last.
 *
 * <pre>
 *   attempt  -- event -->  told  -- news -->  account  -- news -->  client
 *            <- ask ---------------------------------- <- ready --
 *            <- cancel ------------------------------- <- cancel -
 * </pre>
 *
 * <p>Made inside the client's call. Client, workers and timer run on threads each; all they say is
 * heard in turn, and no lock is held while others are called.
 */
final class GenerationSession implements Attempt.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(GenerationSession.class);

  private final ServerCallStreamObserver<GenerateResponse> client;
  private final Switchboard switchboard;

  /**
   * Of our own: the client's is cancelled with its call, and then a worker's end would be heard of
   * before the client's, as if the worker had broken off.
   */
  private final Context context = Context.current().fork();

  private final SynchronizationContext turns =
      new SynchronizationContext((thread, bug) -> failed(bug));
  private final Told told = new Told();
  private final Account account;
  private final Reopening reopening;
  private Optional<Attempt> running = Optional.empty();

  GenerationSession(ServerCallStreamObserver<GenerateResponse> client, Switchboard switchboard) {
    this.client = client;
    this.switchboard = switchboard;
    this.account = new Account(switchboard.nanoTime());
    this.reopening = new Reopening(switchboard);
    client.setOnCancelHandler(() -> turns.execute(() -> stop("the client cancelled")));
    client.setOnReadyHandler(() -> turns.execute(this::askForMore));
  }

  /** Sends a request to a worker. */
  void open(Admitted admitted, WorkerView worker) {
    switchboard.budget().earn();
    turns.execute(() -> start(admitted, worker));
  }

  /** Ends a request that never reached a worker. */
  void refuse(Throwable failure) {
    if (!client.isCancelled()) {
      client.onError(Problems.toStatus(failure));
    }
  }

  private void start(Admitted admitted, WorkerView worker) {
    if (client.isCancelled()) {
      return;
    }
    var fleet = switchboard.fleet();
    var attempt = new Attempt(worker, admitted, turns, this);
    running = Optional.of(attempt);
    context.run(() -> attempt.open(fleet.send(worker), told.onward(admitted.now())));
    new Silence(attempt, fleet, switchboard.timer(), () -> silent(attempt)).watch();
  }

  @Override
  public void heard(Attempt attempt, DecodeResponse event) {
    try {
      told.add(event).map(account::add).map(attempt.admitted()::told).ifPresent(client::onNext);
      askForMore();
    } catch (ProblemException e) {
      failed(e);
    }
  }

  @Override
  public void failed(Attempt attempt, Throwable failure) {
    if (client.isCancelled()) {
      return;
    }
    var broken = new WorkerFailure(attempt.worker().name(), failure);
    if (broken.lost() && !attempt.admitted().time().over()) {
      lost(attempt, broken);
    } else {
      client.onError(broken.toStatus());
    }
  }

  @Override
  public void completed(Attempt attempt) {
    if (told.closed()) {
      client.onCompleted();
    } else {
      var name = attempt.worker().name();
      failed(new Problem.Internal("worker " + name + " ended the request without Closed"));
    }
  }

  private void lost(Attempt attempt, WorkerFailure failure) {
    switchboard.fleet().lost(attempt.worker());
    if (told.closed()) {
      client.onCompleted();
      return;
    }
    goOn(attempt, failure, Limits.REOPEN_WAIT);
  }

  /** Opens a lost request anew; where nobody else can be reached yet, it asks again for a while. */
  private void goOn(Attempt attempt, WorkerFailure failure, Duration patience) {
    if (client.isCancelled()) {
      return;
    }
    switch (reopening.after(attempt, told)) {
      case Next.Elsewhere(var worker) -> reopen(attempt, worker);
      case Next.Later(var why) when !patience.isPositive() -> failed(failure.notReopened(why));
      case Next.Later _ -> {
        var left = patience.minus(Limits.SILENCE_CHECK);
        switchboard
            .timer()
            .after(Limits.SILENCE_CHECK, () -> turns.execute(() -> goOn(attempt, failure, left)));
      }
      case Next.Never(var why) -> failed(failure.notReopened(why));
    }
  }

  /**
   * Where nobody else can go on, a silent worker may still speak before the deadline. One that owes
   * nothing but the end of its call has told all there is; it stays in the fleet, for the end may
   * wait for a slow forward of others.
   */
  private void silent(Attempt attempt) {
    if (told.closed()) {
      attempt.cancel("silent after its last event");
      client.onCompleted();
      return;
    }
    if (reopening.after(attempt, told) instanceof Next.Elsewhere(var worker)) {
      switchboard.fleet().lost(attempt.worker());
      attempt.cancel("silent for too long");
      reopen(attempt, worker);
    }
  }

  private void reopen(Attempt lost, WorkerView next) {
    LOG.info(
        "{} goes on at {}, lost by {}",
        lost.admitted().request().getRequestId(),
        next.name(),
        lost.worker().name());
    account.reopened();
    start(lost.admitted(), next);
  }

  private void askForMore() {
    if (client.isReady()) {
      running.ifPresent(Attempt::ask);
    }
  }

  private void stop(String why) {
    running.ifPresent(attempt -> attempt.cancel(why));
  }

  private void failed(Problem problem) {
    failed(new ProblemException(problem));
  }

  private void failed(Throwable failure) {
    stop("the request failed");
    if (!client.isCancelled()) {
      client.onError(Problems.toStatus(failure));
    }
  }
}
