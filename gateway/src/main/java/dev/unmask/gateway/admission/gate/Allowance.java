package dev.unmask.gateway.admission.gate;

import dev.unmask.contract.Problem;
import dev.unmask.gateway.access.Quotas;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/** What one tenant may still ask for now. Guarded by its gate's lock. */
final class Allowance {
  /** Rates are kept in whole tokens of this time, so that one request in minutes is a rate too. */
  private static final Duration PERIOD = Duration.ofSeconds(1000);

  private final Quotas quotas;
  private final Optional<Bucket> requests;
  private final Optional<Bucket> work;
  private int underWay;

  Allowance(Quotas quotas, TimeMeter clock) {
    this.quotas = quotas;
    this.requests = bucket(quotas.requestsPerSecond(), quotas.requestsAtOnce(), clock);
    this.work = bucket(quotas.workPerSecond(), quotas.workAtOnce(), clock);
  }

  Quotas quotas() {
    return quotas;
  }

  boolean idle() {
    return underWay == 0;
  }

  /** Takes a request's share of everything, or nothing and says why not. */
  Optional<Problem.Throttled> take(long estimate) {
    if (quotas.concurrent().isPresent() && underWay >= quotas.concurrent().getAsInt()) {
      return Optional.of(Refusal.QUOTA_CONCURRENT.problem());
    }
    var tooMany = consume(requests, 1, Refusal.QUOTA_REQUESTS);
    if (tooMany.isPresent()) {
      return tooMany;
    }
    var tooMuch = consume(work, charge(estimate), Refusal.QUOTA_WORK);
    if (tooMuch.isPresent()) {
      requests.ifPresent(bucket -> bucket.addTokens(1));
      return tooMuch;
    }
    underWay++;
    return Optional.empty();
  }

  /** A request that was not let in after all: as if it had never asked. */
  void undo(long estimate) {
    requests.ifPresent(bucket -> bucket.addTokens(1));
    leave(estimate, 0);
  }

  /** A request ends; what it did not use is given back, what it used beyond is owed. */
  void leave(long estimate, long used) {
    underWay--;
    long unused = charge(estimate) - used;
    work.ifPresent(bucket -> {
      if (unused > 0) {
        bucket.addTokens(unused);
      } else if (unused < 0) {
        bucket.consumeIgnoringRateLimits(-unused);
      }
    });
  }

  /** A request larger than the tenant may have at once takes all of that, and owes the rest. */
  private long charge(long estimate) {
    return Math.min(estimate, quotas.workAtOnce());
  }

  private static Optional<Problem.Throttled> consume(
      Optional<Bucket> bucket, long tokens, Refusal refusal) {
    return bucket
        .map(some -> some.tryConsumeAndReturnRemaining(tokens))
        .filter(probe -> !probe.isConsumed())
        .map(probe -> refusal.problem(Duration.ofNanos(probe.getNanosToWaitForRefill())));
  }

  private static Optional<Bucket> bucket(OptionalDouble rate, long atOnce, TimeMeter clock) {
    return rate.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Bucket.builder()
                .addLimit(limit ->
                    limit
                        .capacity(atOnce)
                        .refillGreedy(
                            Math.max(1, Math.round(rate.getAsDouble() * PERIOD.toSeconds())),
                            PERIOD))
                .withCustomTimePrecision(clock)
                .build());
  }
}
