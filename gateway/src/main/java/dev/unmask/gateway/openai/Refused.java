package dev.unmask.gateway.openai;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.Durations;
import com.google.rpc.BadRequest;
import com.google.rpc.BadRequest.FieldViolation;
import com.google.rpc.ResourceInfo;
import com.google.rpc.RetryInfo;
import dev.unmask.contract.ProblemException;
import dev.unmask.contract.Problems;
import dev.unmask.gateway.openai.reply.Failure;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A gRPC status as HTTP says it.
 *
 * @param code HTTP's
 * @param failure what the body says
 * @param retryAfter when to ask again; unit: seconds
 */
record Refused(int code, Failure failure, OptionalLong retryAfter) {
  private static final int CLIENT_LEFT = 499;

  /** What is wrong with a request as its client wrote it. */
  static Refused of(ProblemException found) {
    return of(Problems.toStatus(found), field -> field);
  }

  /** Whatever made a call of the gateway's own fail. */
  static Refused of(Throwable thrown) {
    return of(Problems.toStatus(thrown), FieldNames::of);
  }

  private static Refused of(StatusRuntimeException status, UnaryOperator<String> names) {
    var said =
        StatusProto.fromStatusAndTrailers(status.getStatus(), Status.trailersFromThrowable(status));
    var violations = violations(said);
    var param =
        violations.stream()
            .findFirst()
            .map(FieldViolation::getField)
            .map(names)
            .or(() -> detail(said, ResourceInfo.class).map(ResourceInfo::getResourceType));
    var kind = status.getStatus().getCode();
    var error =
        new Failure.Details(message(said, violations, names), type(kind), param, code(kind, param));
    return new Refused(httpCode(kind), new Failure(error), retryAfter(said));
  }

  private static int httpCode(Status.Code code) {
    return switch (code) {
      case OK -> 200;
      case INVALID_ARGUMENT, FAILED_PRECONDITION, OUT_OF_RANGE -> 400;
      case UNAUTHENTICATED -> 401;
      case PERMISSION_DENIED -> 403;
      case NOT_FOUND -> 404;
      case ALREADY_EXISTS, ABORTED -> 409;
      case RESOURCE_EXHAUSTED -> 429;
      case CANCELLED -> CLIENT_LEFT;
      case UNIMPLEMENTED -> 501;
      case UNAVAILABLE -> 503;
      case DEADLINE_EXCEEDED -> 504;
      case INTERNAL, UNKNOWN, DATA_LOSS -> 500;
    };
  }

  private static String type(Status.Code code) {
    return switch (code) {
      case UNAUTHENTICATED -> "authentication_error";
      case PERMISSION_DENIED -> "permission_error";
      case RESOURCE_EXHAUSTED -> "rate_limit_error";
      default -> httpCode(code) < 500 ? "invalid_request_error" : "server_error";
    };
  }

  private static Optional<String> code(Status.Code kind, Optional<String> param) {
    return switch (kind) {
      case NOT_FOUND -> param.filter("model"::equals).map(_ -> "model_not_found");
      case UNAUTHENTICATED -> Optional.of("invalid_api_key");
      case RESOURCE_EXHAUSTED -> Optional.of("rate_limit_exceeded");
      case DEADLINE_EXCEEDED -> Optional.of("deadline_exceeded");
      default -> Optional.empty();
    };
  }

  /** A client's own names of its fields, where it is to blame. */
  private static String message(
      com.google.rpc.Status said, List<FieldViolation> violations, UnaryOperator<String> names) {
    return violations.isEmpty()
        ? said.getMessage()
        : violations.stream()
            .map(broken -> names.apply(broken.getField()) + " " + broken.getDescription())
            .collect(Collectors.joining("; "));
  }

  private static List<FieldViolation> violations(com.google.rpc.Status said) {
    return detail(said, BadRequest.class).map(BadRequest::getFieldViolationsList).orElse(List.of());
  }

  private static OptionalLong retryAfter(com.google.rpc.Status said) {
    return detail(said, RetryInfo.class).stream()
        .mapToLong(info -> Math.ceilDiv(Durations.toMillis(info.getRetryDelay()), 1000L))
        .findFirst();
  }

  private static <M extends Message> Optional<M> detail(com.google.rpc.Status said, Class<M> type) {
    try {
      for (Any detail : said.getDetailsList()) {
        if (detail.is(type)) {
          return Optional.of(detail.unpack(type));
        }
      }
      return Optional.empty();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a detail that is not what it says it is", e);
    }
  }
}
