package dev.unmask.worker.serving.exchange;

import dev.unmask.worker.decoding.StepOutcome;
import dev.unmask.worker.engine.RequestState;
import dev.unmask.worker.engine.SharedState;
import dev.unmask.worker.serving.steps.Seat;

/**
 * What one request takes from others and gives to them. For the request's thread; closing it gives
 * up what is still owed, so that nobody waits for a request that failed.
 */
public sealed interface Exchange extends AutoCloseable
    permits ForwardExchange, BlockExchange, NoExchange {
  /**
   * Before the first step: looks up what others may have, and puts what was found into the
   * request's state.
   *
   * @param held leading positions that are in the state already, whole blocks of a block-causal
   *     model; 0 if none
   */
  Opening begin(Seat seat, int held);

  /** After a step, before the next one is submitted: hands on what it completed. */
  void stepped(Seat seat, StepOutcome outcome);

  /** After the last step of a request that did not fail: hands on what it leaves. */
  void ended(Seat seat);

  @Override
  void close();

  /** The state of a request that shares. */
  static SharedState plain(RequestState state) {
    if (state instanceof SharedState plain) {
      return plain;
    }
    throw new IllegalStateException("a guided request shares nothing");
  }
}
