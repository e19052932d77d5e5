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
    var said = StatusProto.fromStatusAndTrailers(status(), Status.trailersFromThrowable(failure));
    return said.getDetailsCount() > 0
        ? StatusProto.toStatusRuntimeException(said)
        : Problems.toStatus(problem());
  }

  /** Whether the connection broke, so that the worker may be gone. */
  boolean lost() {
    return status().getCode() == Status.Code.UNAVAILABLE && said().getDetailsCount() == 0;
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
