package dev.unmask.worker.serving.steps;

import dev.unmask.worker.engine.RequestState;
import dev.unmask.worker.engine.Turn;
import dev.unmask.worker.engine.TurnOutcome;
import dev.unmask.worker.rows.Predictions;
import dev.unmask.worker.rows.Step;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A running request's part in the {@link StepLoop}: its state, and the one step it may have
 * submitted. Used by the request's thread.
 */
public final class Seat implements AutoCloseable {
  private final StepLoop loop;
  private final Requester requester;
  private final RequestState state;
  private Optional<PendingStep> pending = Optional.empty();
  private Optional<Future<Void>> left = Optional.empty();
  private MadeStep made = MadeStep.NONE;

  Seat(StepLoop loop, Requester requester, RequestState state) {
    this.loop = loop;
    this.requester = requester;
    this.state = state;
  }

  /** Has a step made with one of the next forwards; {@link #await} tells its outcome. */
  public void submit(Step step) {
    if (pending.isPresent() || left.isPresent()) {
      throw new IllegalStateException("a seat has one step at a time, and none once it is left");
    }
    pending = Optional.of(loop.submit(this, new Turn(state, step)));
  }

  /**
   * What the submitted step predicts.
   *
   * @throws InterruptedException if the thread was interrupted; the step may still be made, until
   *     the seat is closed
   * @throws RuntimeException what made the step fail; the seat can only be closed then
   */
  public Predictions await() throws InterruptedException {
    var step = pending.orElseThrow(() -> new IllegalStateException("no step was submitted"));
    var answer = step.await();
    pending = Optional.empty();
    made = answer.step();
    return switch (answer.outcome()) {
      case TurnOutcome.Predicted(Predictions predictions) -> predictions;
      case TurnOutcome.Failed(RuntimeException cause) -> throw cause;
    };
  }

  /** How long the forward took that made the step awaited last. */
  public Duration forwardTime() {
    return made.forward();
  }

  /** The step awaited last. */
  public MadeStep made() {
    return made;
  }

  /** Uses the state on the engine's thread, between forwards, and waits for the result. */
  public <R> R call(Function<RequestState, R> use) {
    return loop.thread().call(() -> use.apply(state));
  }

  /** Like {@link #call}, without a result. */
  public void run(Consumer<RequestState> use) {
    loop.thread().run(() -> use.accept(state));
  }

  /**
   * Gives the seat up without waiting: as soon as no forward uses it, a step that still waits is
   * withdrawn and the state is closed.
   */
  public void leave() {
    if (left.isEmpty()) {
      left = Optional.of(loop.leave(this, pending));
    }
  }

  /** Gives the seat up, and waits until the state is closed; keeps an interrupt for later. */
  @Override
  public void close() {
    leave();
    EngineThread.result(left.orElseThrow());
  }

  Requester requester() {
    return requester;
  }

  RequestState state() {
    return state;
  }
}
