package dev.unmask.contract;

import java.time.Duration;
import java.util.List;

/** An expected failure, told to the caller as a gRPC status by {@link Problems}. */
public sealed interface Problem {
  /** What went wrong, for a person. */
  String message();

  /** The request breaks bounds; all of them are named. */
  record BadRequest(List<Violation> violations) implements Problem {
    public BadRequest {
      violations = List.copyOf(violations);
    }

    /** One broken bound. */
    public static BadRequest of(String field, String description) {
      return new BadRequest(List.of(new Violation(field, description)));
    }

    @Override
    public String message() {
      var text = new StringBuilder("bad request");
      violations.forEach(
          v -> text.append("; ").append(v.field()).append(' ').append(v.description()));
      return text.length() <= Limits.STATUS_MESSAGE_CHARACTERS
          ? text.toString()
          : text.substring(0, Limits.STATUS_MESSAGE_CHARACTERS - 3) + "...";
    }
  }

  /** The thing a field names does not exist. */
  record NotFound(String field, String name, String message) implements Problem {}

  /** Nobody can serve this now. */
  record Unavailable(String message, Duration retryAfter) implements Problem {}

  /** A queue or budget is full. */
  record Exhausted(String message, Duration retryAfter) implements Problem {}

  /** The caller did not say who it is in a way that holds. */
  record Unauthenticated(String message) implements Problem {}

  /** The caller is known and may not do this. */
  record Denied(String message) implements Problem {}

  /**
   * The caller, or everybody, asks for more than there is.
   *
   * @param reason of its ErrorInfo: which bound it was
   */
  record Throttled(String reason, String message, Duration retryAfter) implements Problem {}

  /** A namespace may not hold more; trying again does not help. */
  record OverQuota(String namespace, String message) implements Problem {}

  /** The request's time is over. */
  record DeadlineExceeded(String message) implements Problem {}

  /** A bug of ours. */
  record Internal(String message) implements Problem {}
}
