package dev.unmask.gateway.session;

import dev.unmask.contract.Limits;
import dev.unmask.contract.Problem;
import dev.unmask.contract.ProblemException;
import dev.unmask.generation.v1.DeadlineRule;
import io.grpc.Deadline;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Until when a request may take, and what its client wants if that is too soon.
 *
 * @param deadline the client's, or the latest one there is
 * @param fewerSteps whether it is decoded in as many steps as there is time for
 */
record TimeLimit(Deadline deadline, boolean fewerSteps) {
  /**
   * The limit of a request.
   *
   * @param client its client's deadline
   * @param clock of the latest deadline there is
   * @throws ProblemException a bad request, when a rule is not known or needs a deadline
   */
  static TimeLimit of(DeadlineRule rule, Optional<Deadline> client, Deadline.Ticker clock) {
    return switch (rule) {
      case DEADLINE_RULE_UNSPECIFIED, DEADLINE_RULE_FAIL ->
          new TimeLimit(client.orElseGet(() -> latest(clock)), false);
      case DEADLINE_RULE_FEWER_STEPS ->
          new TimeLimit(
              client.orElseThrow(
                  () -> refused("DEADLINE_RULE_FEWER_STEPS needs a deadline on the call")),
              true);
      case UNRECOGNIZED -> throw refused("must be a value of DeadlineRule");
    };
  }

  /** What a worker should make of it now; empty if it takes the steps its method takes. */
  Optional<Duration> budget() {
    if (!fewerSteps) {
      return Optional.empty();
    }
    var left = Duration.ofNanos(deadline.timeRemaining(TimeUnit.NANOSECONDS));
    var usable = left.minus(Limits.DEADLINE_MARGIN);
    return Optional.of(
        usable.compareTo(Limits.TIME_BUDGET_LEAST) < 0 ? Limits.TIME_BUDGET_LEAST : usable);
  }

  boolean over() {
    return deadline.isExpired();
  }

  private static Deadline latest(Deadline.Ticker clock) {
    return Deadline.after(Limits.REQUEST_TIME.toNanos(), TimeUnit.NANOSECONDS, clock);
  }

  private static ProblemException refused(String description) {
    return new ProblemException(Problem.BadRequest.of("deadline_rule", description));
  }
}
