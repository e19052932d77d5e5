package dev.unmask.gateway.admission.gate;

import dev.unmask.contract.Limits;
import dev.unmask.contract.Problem;
import java.time.Duration;

/** Why a request is not let in: reasons of ErrorInfo, and what the client is told. */
enum Refusal {
  QUEUE_FULL("too many requests wait for the workers"),
  QUOTA_REQUESTS("the tenant's requests a second are used up"),
  QUOTA_WORK("the tenant's work a second is used up"),
  QUOTA_CONCURRENT("the tenant has as many requests under way as it may"),
  DEADLINE_WOULD_PASS("the request's deadline would pass before a worker could begin");

  private static final Duration SHORTEST = Duration.ofMillis(1);

  private final String message;

  Refusal(String message) {
    this.message = message;
  }

  /** When nobody can say how long it takes. */
  Problem.Throttled problem() {
    return problem(Limits.RETRY_DELAY);
  }

  Problem.Throttled problem(Duration retryAfter) {
    var delay = retryAfter.compareTo(SHORTEST) < 0 ? SHORTEST : retryAfter;
    return new Problem.Throttled(name(), message, delay);
  }
}
