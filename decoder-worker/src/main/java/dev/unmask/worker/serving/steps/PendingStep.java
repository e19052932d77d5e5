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
  private final CompletableFuture<Made> made = new CompletableFuture<>();
  private int rows;

  /**
   * What became of it.
   *
   * @param outcome of the step
   * @param step what it took
   */
  record Made(TurnOutcome outcome, MadeStep step) {}

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

  /** Rows it computes; known once it waits. */
  int rows() {
    return rows;
  }

  /** Tells, on the engine's thread, what it costs. */
  void weigh(int computed) {
    rows = computed;
  }

  /** Tells whoever waits for it. */
  void answer(TurnOutcome outcome, MadeStep step) {
    made.complete(new Made(outcome, step));
  }

  /** Waits until it was made; the forwards before it are its bound. */
  Made await() throws InterruptedException {
    try {
      return made.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("outcomes are never exceptions", e);
    }
  }
}
