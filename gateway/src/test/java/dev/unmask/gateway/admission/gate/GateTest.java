package dev.unmask.gateway.admission.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.unmask.contract.Problem;
import dev.unmask.contract.ProblemException;
import dev.unmask.gateway.access.Quotas;
import dev.unmask.gateway.access.Tenant;
import dev.unmask.generation.v1.GenerateResponse;
import dev.unmask.type.v1.Closed;
import dev.unmask.type.v1.StepDelta;
import dev.unmask.type.v1.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class GateTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int PLACES = 16;
  private static final Quotas FREE = Quotas.NONE;

  private final List<String> turns = new ArrayList<>();
  private long now = 1_000_000_000;
  private Gate gate = new Gate(() -> now, PLACES, 1, Runnable::run);

  @Test
  void ask_nothingInTheWay_hasItsTurnAtOnce() {
    assertThat(ask("a", FREE).turn()).isCompleted();
    assertThat(gate.sent()).isEqualTo(1);
  }

  @Test
  void ask_limitReached_waitsUntilAPermitIsClosed() {
    var first = ask("a", FREE);
    var second = ask("a", FREE);
    assertThat(second.turn()).isNotDone();
    first.close();
    first.close();
    assertThat(second.turn()).isCompleted();
    assertThat(gate.sent()).isEqualTo(1);
  }

  @Test
  void ask_requestsUsedUp_isRefusedUntilTheTimeItIsTold() {
    wide();
    var quotas = quotas(OptionalDouble.of(2), OptionalInt.of(3), OptionalInt.empty());
    for (int i = 0; i < 3; i++) {
      ask("a", quotas).close();
    }
    var refused = refusal("a", quotas);
    assertThat(refused.reason()).isEqualTo("QUOTA_REQUESTS");
    assertThat(refused.retryAfter()).isEqualTo(Duration.ofMillis(500));
    ask("b", quotas).close();
    now += refused.retryAfter().toNanos() - 1_000_000;
    refusal("a", quotas);
    now += 1_000_000;
    ask("a", quotas).close();
  }

  @Test
  void ask_asManyUnderWayAsAllowed_isRefusedUntilOneEnds() {
    var quotas = quotas(OptionalDouble.empty(), OptionalInt.empty(), OptionalInt.of(2));
    var sent = ask("a", quotas);
    var waiting = ask("a", quotas);
    assertThat(refusal("a", quotas).reason()).isEqualTo("QUOTA_CONCURRENT");
    waiting.close();
    var again = ask("a", quotas);
    assertThat(refusal("a", quotas).reason()).isEqualTo("QUOTA_CONCURRENT");
    sent.close();
    assertThat(again.turn()).isCompleted();
    ask("a", quotas);
  }

  @Test
  void ask_workUsedUp_isRefusedAndWhatWasNotUsedIsGivenBack() {
    wide();
    var quotas = work(100, 10_000);
    var permit = gate.ask(demand("a", quotas, 100, 100, HOUR), 0);
    assertThat(refusal("a", quotas).reason()).isEqualTo("QUOTA_WORK");
    permit.heard(closed(40));
    permit.close();
    gate.ask(demand("a", quotas, 100, 60, HOUR), 0);
    var refused = refusal("a", quotas);
    assertThat(refused.reason()).isEqualTo("QUOTA_WORK");
    assertThat(refused.retryAfter()).isEqualTo(Duration.ofMillis(10));
  }

  @Test
  void close_moreWorkThanEstimated_isOwed() {
    wide();
    var quotas = work(100, 1000);
    var permit = gate.ask(demand("a", quotas, 10, 10, HOUR), 0);
    permit.heard(closed(100));
    permit.close();
    assertThat(refusal("a", quotas).retryAfter()).isEqualTo(Duration.ofMillis(10));
  }

  @Test
  void close_cancelledAfterSomeSteps_isChargedThose() {
    wide();
    var quotas = work(100, 1000);
    var permit = gate.ask(demand("a", quotas, 10, 100, HOUR), 0);
    for (int step = 0; step < 30; step++) {
      permit.heard(GenerateResponse.newBuilder().setDelta(StepDelta.newBuilder()).build());
    }
    permit.close();
    gate.ask(demand("a", quotas, 10, 70, HOUR), 0).close();
  }

  @Test
  void ask_largerThanTheBurst_isLetInWhenNothingElseWasAskedFor() {
    wide();
    var quotas = work(100, 1000);
    gate.ask(demand("a", quotas, 100, 100, HOUR), 0);
    assertThat(refusal("a", quotas).reason()).isEqualTo("QUOTA_WORK");
  }

  @Test
  void turns_floodOfOneTenant_letAnotherOneInAfterOne() {
    var running = ask("a", FREE);
    for (int i = 0; i < 6; i++) {
      record("a" + i, ask("a", FREE));
    }
    record("b0", ask("b", FREE));
    running.close();
    drain();
    assertThat(turns).hasSize(7);
    assertThat(turns.indexOf("b0")).isLessThanOrEqualTo(1);
  }

  @Test
  void turns_weights_shareByWork() {
    gate = new Gate(() -> now, 1000, 1, Runnable::run);
    var running = ask("z", FREE);
    for (int i = 0; i < 40; i++) {
      record("a", ask("a", weight(3)));
      record("b", ask("b", weight(1)));
    }
    running.close();
    drain();
    assertThat(turns.subList(0, 40).stream().filter("a"::equals).count()).isBetween(29L, 31L);
  }

  @Test
  void turns_tenantThatWasIdle_hasSavedNothingUp() {
    gate = new Gate(() -> now, 1000, 1, Runnable::run);
    for (int i = 0; i < 100; i++) {
      ask("a", FREE).close();
    }
    var running = ask("a", FREE);
    for (int i = 0; i < 10; i++) {
      record("a", ask("a", FREE));
      record("b", ask("b", FREE));
    }
    running.close();
    drain();
    assertThat(turns.subList(0, 10).stream().filter("b"::equals).count()).isBetween(5L, 6L);
  }

  @Test
  void turns_higherPriority_goesFirst() {
    var running = ask("a", FREE);
    record("low", ask("a", FREE));
    record("high", ask("b", priority(5)));
    running.close();
    drain();
    assertThat(turns).containsExactly("high", "low");
  }

  @Test
  void turns_ofOneTenant_earliestDeadlineFirst() {
    var running = ask("a", FREE);
    record("late", gate.ask(demand("a", FREE, 10, 10, HOUR), 0));
    record("soon", gate.ask(demand("a", FREE, 10, 10, Duration.ofMinutes(1)), 0));
    running.close();
    drain();
    assertThat(turns).containsExactly("soon", "late");
  }

  @Test
  void ask_lineFullOfOneTenant_hasPlacesForAnother() {
    ask("a", FREE);
    for (int i = 0; i < PLACES / 2; i++) {
      ask("a", FREE);
    }
    assertThat(refusal("a", FREE).reason()).isEqualTo("QUEUE_FULL");
    assertThat(ask("b", FREE).turn()).isNotDone();
    assertThat(gate.waiting()).isEqualTo(PLACES / 2 + 1);
  }

  @Test
  void ask_deadlineBeforeItsTurn_isRefusedAtOnce() {
    var first = ask("a", FREE);
    now += Duration.ofSeconds(10).toNanos();
    first.close();
    ask("a", FREE);
    var soon = demand("b", FREE, 10, 10, Duration.ofSeconds(9));
    var refused = refused(soon);
    assertThat(refused.reason()).isEqualTo("DEADLINE_WOULD_PASS");
    assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(10));
    gate.ask(demand("b", FREE, 10, 10, Duration.ofSeconds(11)), 0);
  }

  @Test
  void sweep_timeOver_endsTheWaitOnly() {
    var running = gate.ask(demand("a", FREE, 10, 10, Duration.ofSeconds(1)), 0);
    var waiting = gate.ask(demand("a", FREE, 10, 10, Duration.ofSeconds(1)), 0);
    now += Duration.ofSeconds(1).toNanos();
    gate.sweep();
    assertThat(waiting.turn()).isCompletedExceptionally();
    assertThat(gate.waiting()).isZero();
    assertThat(gate.sent()).isEqualTo(1);
    running.close();
    assertThat(gate.sent()).isZero();
  }

  @Test
  void close_aThousandInEveryState_leavesNothingBehind() {
    gate = new Gate(() -> now, 10_000, 64, Runnable::run);
    var quotas = quotas(OptionalDouble.empty(), OptionalInt.empty(), OptionalInt.of(1000));
    var permits = new ArrayList<Permit>();
    for (int i = 0; i < 1000; i++) {
      permits.add(ask("a", quotas));
    }
    assertThat(gate.waiting()).isEqualTo(1000 - 64);
    permits.forEach(Permit::close);
    permits.forEach(Permit::close);
    assertThat(gate.sent()).isZero();
    assertThat(gate.waiting()).isZero();
    for (int i = 0; i < 1000; i++) {
      ask("a", quotas);
    }
  }

  /** Closes what was sent until nothing waits. */
  private void drain() {
    for (int i = 0; i < sent.size(); i++) {
      sent.get(i).close();
    }
  }

  private final List<Permit> sent = new ArrayList<>();

  private void record(String name, Permit permit) {
    var _ =
        permit
            .turn()
            .thenRun(() -> {
              turns.add(name);
              sent.add(permit);
            });
  }

  private void wide() {
    gate = new Gate(() -> now, PLACES, 64, Runnable::run);
  }

  private Permit ask(String tenant, Quotas quotas) {
    return gate.ask(demand(tenant, quotas, 10, 10, HOUR), 0);
  }

  private Problem.Throttled refusal(String tenant, Quotas quotas) {
    return refused(demand(tenant, quotas, 1, 1, HOUR));
  }

  private Problem.Throttled refused(Demand demand) {
    var failure = catchThrowableOfType(ProblemException.class, () -> gate.ask(demand, 0));
    return (Problem.Throttled) failure.problem();
  }

  private static GenerateResponse closed(int steps) {
    return GenerateResponse.newBuilder()
        .setClosed(Closed.newBuilder().setUsage(Usage.newBuilder().setSteps(steps)))
        .build();
  }

  private static Demand demand(
      String tenant, Quotas quotas, long positions, long steps, Duration time) {
    var owner = new Tenant(tenant, "", List.of(), List.of(), List.of(), quotas, false);
    return new Demand(owner, positions, steps, time);
  }

  private static Quotas work(double perSecond, long atOnce) {
    return new Quotas(
        OptionalDouble.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalDouble.of(perSecond),
        OptionalLong.of(atOnce),
        OptionalDouble.empty(),
        OptionalInt.empty());
  }

  private static Quotas quotas(OptionalDouble rate, OptionalInt burst, OptionalInt concurrent) {
    return new Quotas(
        rate,
        burst,
        concurrent,
        OptionalDouble.empty(),
        OptionalLong.empty(),
        OptionalDouble.empty(),
        OptionalInt.empty());
  }

  private static Quotas weight(double weight) {
    return shares(OptionalDouble.of(weight), OptionalInt.empty());
  }

  private static Quotas priority(int priority) {
    return shares(OptionalDouble.empty(), OptionalInt.of(priority));
  }

  private static Quotas shares(OptionalDouble weight, OptionalInt priority) {
    return new Quotas(
        OptionalDouble.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalDouble.empty(),
        OptionalLong.empty(),
        weight,
        priority);
  }
}
