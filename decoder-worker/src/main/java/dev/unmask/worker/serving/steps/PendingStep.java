package dev.unmask.worker.serving.steps;

import dev.unmask.worker.engine.Turn;
import dev.unmask.worker.engine.TurnOutcome;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** A step that was submitted, and what will become of it. */
final class PendingStep {
  private final Seat seat;
  private final Turn turn;
  private final long submitted;
  private final CompletableFuture<TurnOutcome> outcome = new CompletableFuture<>();

  /**
   * Not made yet.
   *
   * @param submitted when, in nanoseconds
   */
  PendingStep(Seat seat, Turn turn, long submitted) {
    this.seat = seat;
    this.turn = turn;
    this.submitted = submitted;
  }

  Seat seat() {
    return seat;
  }

  Turn turn() {
    return turn;
  }

  long submitted() {
    return submitted;
  }

  /** Tells whoever waits for it. */
  void answer(TurnOutcome answer) {
    outcome.complete(answer);
  }

  /** Waits until it was made; the forwards before it are its bound. */
  TurnOutcome await() throws InterruptedException {
    try {
      return outcome.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("outcomes are never exceptions", e);
    }
  }
}
