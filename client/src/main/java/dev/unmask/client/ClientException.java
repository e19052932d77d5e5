package dev.unmask.client;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.Durations;
import com.google.rpc.BadRequest;
import com.google.rpc.RetryInfo;
import dev.unmask.contract.Violation;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A call that failed, with the details the gateway gave. */
public final class ClientException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Status.Code code;
  private final transient List<Violation> violations;
  private final transient Optional<Duration> retryAfter;

  private ClientException(Status status, Details details, Throwable cause) {
    super(
        status.getDescription() == null ? status.getCode().name() : status.getDescription(), cause);
    this.code = status.getCode();
    this.violations = details.violations();
    this.retryAfter = details.retryAfter();
  }

  /** Reads a failed call. */
  static ClientException of(StatusRuntimeException failure) {
    return new ClientException(failure.getStatus(), Details.of(failure), failure);
  }

  /** Makes a call whose failures are of this type. */
  static <T> T translating(Supplier<T> call) {
    try {
      return call.get();
    } catch (StatusRuntimeException e) {
      throw of(e);
    }
  }

  /** What kind of failure it is; the contract says what to do about each. */
  public Status.Code code() {
    return code;
  }

  /** Every bound the request breaks; empty for other failures. */
  public List<Violation> violations() {
    return violations;
  }

  /** How long to wait before asking again; empty when asking again is of no use. */
  public Optional<Duration> retryAfter() {
    return retryAfter;
  }

  /** The failure for a person: one line a violation, else one line. */
  public List<String> lines() {
    if (!violations.isEmpty()) {
      return violations.stream().map(v -> v.field() + ": " + v.description()).toList();
    }
    var advice = retryAfter.map(delay -> " (retry in " + seconds(delay) + " s)").orElse("");
    return List.of(name() + ": " + getMessage() + advice);
  }

  private String name() {
    return code.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String seconds(Duration delay) {
    return BigDecimal.valueOf(delay.toMillis(), 3).stripTrailingZeros().toPlainString();
  }

  /** What google.rpc.Status adds to a code and a message. */
  private record Details(List<Violation> violations, Optional<Duration> retryAfter) {
    static Details of(StatusRuntimeException failure) {
      var status = StatusProto.fromThrowable(failure);
      var any = status == null ? List.<Any>of() : status.getDetailsList();
      return new Details(
          parts(any, BadRequest.class)
              .flatMap(bad -> bad.getFieldViolationsList().stream())
              .map(v -> new Violation(v.getField(), v.getDescription()))
              .toList(),
          parts(any, RetryInfo.class)
              .map(retry -> Duration.ofNanos(Durations.toNanos(retry.getRetryDelay())))
              .findFirst());
    }

    private static <M extends Message> Stream<M> parts(List<Any> details, Class<M> type) {
      return details.stream().filter(any -> any.is(type)).flatMap(any -> unpacked(any, type));
    }

    /** A detail that cannot be read is left out: the status itself still tells what happened. */
    private static <M extends Message> Stream<M> unpacked(Any any, Class<M> type) {
      try {
        return Stream.of(any.unpack(type));
      } catch (InvalidProtocolBufferException e) {
        return Stream.empty();
      }
    }
  }
}
