package dev.unmask.contract;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.protobuf.util.Durations;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.QuotaFailure;
import com.google.rpc.ResourceInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.List;

/** Turns problems into gRPC status with details, the only place that does. */
public final class Problems {
  /** Domain of every ErrorInfo. */
  public static final String DOMAIN = "unmask.dev";

  private Problems() {}

  /** The status a caller sees: code, message and the details named in the contract. */
  public static StatusRuntimeException toStatus(Problem problem) {
    return switch (problem) {
      case Problem.BadRequest p -> status(Code.INVALID_ARGUMENT, p, "BAD_REQUEST", badRequest(p));
      case Problem.NotFound p ->
          status(
              Code.NOT_FOUND,
              p,
              "NOT_FOUND",
              ResourceInfo.newBuilder()
                  .setResourceType(p.field())
                  .setResourceName(p.name())
                  .build());
      case Problem.Unavailable p ->
          status(Code.UNAVAILABLE, p, "UNAVAILABLE", retryInfo(p.retryAfter()));
      case Problem.Exhausted p ->
          status(Code.RESOURCE_EXHAUSTED, p, "EXHAUSTED", retryInfo(p.retryAfter()));
      case Problem.Unauthenticated p -> status(Code.UNAUTHENTICATED, p, "UNAUTHENTICATED");
      case Problem.Denied p -> status(Code.PERMISSION_DENIED, p, "PERMISSION_DENIED");
      case Problem.Throttled p ->
          status(Code.RESOURCE_EXHAUSTED, p, p.reason(), retryInfo(p.retryAfter()));
      case Problem.OverQuota p -> status(Code.RESOURCE_EXHAUSTED, p, "OVER_QUOTA", quotaFailure(p));
      case Problem.DeadlineExceeded p -> status(Code.DEADLINE_EXCEEDED, p, "DEADLINE_EXCEEDED");
      case Problem.Internal p -> status(Code.INTERNAL, p, "INTERNAL");
    };
  }

  /** Any failure as a status: problems as above, statuses as they are, the rest as a bug. */
  public static StatusRuntimeException toStatus(Throwable failure) {
    return switch (failure) {
      case ProblemException e -> toStatus(e.problem());
      case StatusRuntimeException e -> e;
      default -> toStatus(new Problem.Internal("internal error: " + failure.getClass().getName()));
    };
  }

  private static com.google.rpc.BadRequest badRequest(Problem.BadRequest problem) {
    var details = com.google.rpc.BadRequest.newBuilder();
    Violation.listed(problem.violations())
        .forEach(v ->
            details
                .addFieldViolationsBuilder()
                .setField(v.field())
                .setDescription(v.description()));
    return details.build();
  }

  private static QuotaFailure quotaFailure(Problem.OverQuota problem) {
    return QuotaFailure.newBuilder()
        .addViolations(
            QuotaFailure.Violation.newBuilder()
                .setSubject("namespace:" + problem.namespace())
                .setDescription(problem.message()))
        .build();
  }

  private static RetryInfo retryInfo(Duration delay) {
    return RetryInfo.newBuilder().setRetryDelay(Durations.fromNanos(delay.toNanos())).build();
  }

  private static StatusRuntimeException status(
      Code code, Problem problem, String reason, Message... details) {
    var info = ErrorInfo.newBuilder().setDomain(DOMAIN).setReason(reason).build();
    var status =
        Status.newBuilder()
            .setCode(code.getNumber())
            .setMessage(problem.message())
            .addDetails(Any.pack(info));
    List.of(details).forEach(detail -> status.addDetails(Any.pack(detail)));
    return StatusProto.toStatusRuntimeException(status.build());
  }
}
