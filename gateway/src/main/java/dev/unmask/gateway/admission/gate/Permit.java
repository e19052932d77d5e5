package dev.unmask.gateway.admission.gate;

import dev.unmask.generation.v1.GenerateResponse;
import java.util.concurrent.CompletableFuture;

/**
 * One request's leave to be sent to a worker: waits for its {@link #turn}, hears what its client is
 * told, and is closed when the request ends in whatever way; closing again does nothing. Safe for
 * any thread.
 */
public final class Permit implements AutoCloseable {
  enum State {
    WAITING,
    SENT,
    BEGUN,
    CLOSED
  }

  private final Gate gate;
  private final Demand demand;
  private final Allowance allowance;
  private final long deadline;
  private final long number;
  private final CompletableFuture<Void> turn = new CompletableFuture<>();

  // Guarded by the gate's lock.
  State state = State.WAITING;
  long sentAt;
  long steps;

  Permit(Gate gate, Demand demand, Allowance allowance, long deadline, long number) {
    this.gate = gate;
    this.demand = demand;
    this.allowance = allowance;
    this.deadline = deadline;
    this.number = number;
  }

  /**
   * Completes when the request may be sent; with a {@link dev.unmask.contract.ProblemException}
   * when its time was over before. Never, if the permit is closed meanwhile.
   */
  public CompletableFuture<Void> turn() {
    return turn;
  }

  /** An event goes to the client: it has begun, took a step, or tells what it used. */
  public void heard(GenerateResponse event) {
    gate.heard(this, event);
  }

  /** The worker had no place for it. */
  public void turnedAway() {
    gate.turnedAway(this);
  }

  @Override
  public void close() {
    gate.close(this);
  }

  void send(long now) {
    state = State.SENT;
    sentAt = now;
  }

  Demand demand() {
    return demand;
  }

  Allowance allowance() {
    return allowance;
  }

  /** On the gate's clock, in nanoseconds. */
  long deadline() {
    return deadline;
  }

  /** In the order of asking. */
  long number() {
    return number;
  }
}
