package dev.unmask.worker.serving.exchange;

import dev.unmask.worker.decoding.StepOutcome;
import dev.unmask.worker.serving.steps.Seat;
import java.util.List;

/** Of a request that shares nothing. */
public record NoExchange() implements Exchange {
  @Override
  public Opening begin(Seat seat, int held) {
    return new Opening(held, List.of());
  }

  @Override
  public void stepped(Seat seat, StepOutcome outcome) {}

  @Override
  public void ended(Seat seat) {}

  @Override
  public void close() {}
}
