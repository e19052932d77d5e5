package dev.unmask.gateway.session;

import dev.unmask.contract.Limits;
import dev.unmask.contract.Problem;
import dev.unmask.contract.Problems;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;

/**
 * How a call to a worker failed. What the worker itself said carries details and is passed on as it
 * is; what the transport says of a worker is told in the gateway's words.
 *
 * @param worker name of the worker
 * @param failure what ended the call
 */
record WorkerFailure(String worker, Throwable failure) {
  /** The status the client sees. */
  StatusRuntimeException toStatus() {
    var said = said();
    return said.getDetailsCount() > 0
        ? StatusProto.toStatusRuntimeException(said)
        : Problems.toStatus(problem());
  }

  /** What the client of a lost worker sees where its request is not opened anew. */
  Problem notReopened(String why) {
    var what = said().getDetailsCount() > 0 ? said().getMessage() : problem().message();
    return new Problem.Unavailable(what + "; " + why, Limits.RETRY_DELAY);
  }

  /**
   * Whether another worker may do what this one did not: its connection broke, or it starts or
   * stops. A worker that stops cancels what it still has.
   */
  boolean lost() {
    return switch (status().getCode()) {
      case UNAVAILABLE, CANCELLED -> true;
      default -> false;
    };
  }

  private Problem problem() {
    var name = "worker " + worker;
    return switch (status().getCode()) {
      case UNAVAILABLE, CANCELLED ->
          new Problem.Unavailable(name + " broke off the request", Limits.RETRY_DELAY);
      case DEADLINE_EXCEEDED ->
          new Problem.DeadlineExceeded("the request's time is over; " + name + " was stopped");
      case RESOURCE_EXHAUSTED -> new Problem.Exhausted(name + " is full", Limits.RETRY_DELAY);
      default -> new Problem.Internal(name + " failed with " + status().getCode());
    };
  }

  private com.google.rpc.Status said() {
    return StatusProto.fromStatusAndTrailers(status(), Status.trailersFromThrowable(failure));
  }

  private Status status() {
    return Status.fromThrowable(failure);
  }
}
