package dev.unmask.cache.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unmask.cache.Pages;
import dev.unmask.contract.Limits;
import dev.unmask.contract.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LeasesTest {
  private static final Duration TERM = Duration.ofSeconds(10);
  private static final Duration WAIT = Duration.ofSeconds(30);
  private static final LeasedState STATE = state("alice", 1);

  private final HandAlarm alarm = new HandAlarm();
  private final Leases leases = new Leases(alarm, 100);

  private static LeasedState state(String namespace, int number) {
    return new LeasedState(namespace, Pages.key(number));
  }

  private CompletableFuture<Decision> ask() {
    return leases.acquire(STATE, TERM, WAIT);
  }

  private static long generation(CompletableFuture<Decision> asked) {
    return ((Decision.Granted) asked.join()).generation();
  }

  /** Whatever happened: once all terms are over, nothing is kept. */
  @AfterEach
  void nothingIsKept() {
    alarm.advance(Limits.LEASE_TIME.multipliedBy(100));
    assertThat(leases.held()).isZero();
    assertThat(leases.waiting()).isZero();
    assertThat(alarm.set()).isZero();
  }

  @Test
  void acquire_nobodyComputes_isGrantedAtOnce() {
    assertThat(ask()).isCompletedWithValue(new Decision.Granted(100));
  }

  @Test
  void acquire_otherStateOrOtherNamespace_isGrantedWithANumberOfItsOwn() {
    assertThat(generation(ask())).isEqualTo(100);
    assertThat(generation(leases.acquire(state("alice", 2), TERM, WAIT))).isEqualTo(101);
    assertThat(generation(leases.acquire(state("bob", 1), TERM, WAIT))).isEqualTo(102);
  }

  @Test
  void acquire_heldAndNoWait_isHeldAtOnce() {
    var _ = ask();
    assertThat(leases.acquire(STATE, TERM, Duration.ZERO))
        .isCompletedWithValue(new Decision.Held());
  }

  @Test
  void acquire_held_waitsUntilItsTimeIsOver() {
    var _ = leases.acquire(STATE, Duration.ofSeconds(60), WAIT);
    var second = ask();
    alarm.advance(WAIT.minusNanos(1));
    assertThat(second).isNotDone();
    alarm.advance(Duration.ofNanos(1));
    assertThat(second).isCompletedWithValue(new Decision.Held());
    assertThat(leases.waiting()).isZero();
  }

  @Test
  void release_fulfilled_tellsAllWhoWait() {
    long held = generation(ask());
    var others = IntStream.range(0, 9).mapToObj(_ -> ask()).toList();
    assertThat(leases.release(STATE, held, true)).isTrue();
    assertThat(others)
        .allSatisfy(other -> assertThat(other).isCompletedWithValue(new Decision.Fulfilled()));
    assertThat(leases.held()).isZero();
  }

  @Test
  void release_givenUp_grantsWhoWaitedLongestAndLeavesTheOthersInLine() {
    long first = generation(ask());
    var second = ask();
    var third = ask();
    leases.release(STATE, first, false);
    assertThat(generation(second)).isEqualTo(first + 1);
    assertThat(third).isNotDone();
    leases.release(STATE, first + 1, true);
    assertThat(third).isCompletedWithValue(new Decision.Fulfilled());
  }

  @Test
  void holder_diesSilently_isFollowedWhenItsTermIsOver() {
    var dead = ask();
    var second = ask();
    alarm.advance(TERM.minusNanos(1));
    assertThat(second).isNotDone();
    alarm.advance(Duration.ofNanos(1));
    assertThat(generation(second)).isEqualTo(generation(dead) + 1);
  }

  @Test
  void release_afterItsTerm_isNotHeldAndHarmsNobody() {
    long late = generation(ask());
    alarm.advance(TERM);
    long next = generation(ask());
    assertThat(leases.release(STATE, late, true)).isFalse();
    assertThat(leases.release(STATE, next, true)).isTrue();
    assertThat(leases.release(STATE, next, true)).isFalse();
  }

  @Test
  void cancel_whileWaiting_leavesTheLine() {
    long held = generation(ask());
    var gone = ask();
    var third = ask();
    gone.cancel(false);
    assertThat(leases.waiting()).isEqualTo(1);
    leases.release(STATE, held, false);
    assertThat(generation(third)).isEqualTo(held + 1);
  }

  @Test
  void acquire_tooManyWait_isExhausted() {
    long held = generation(ask());
    var waiting = IntStream.range(0, Limits.LEASE_WAITERS).mapToObj(_ -> ask()).toList();
    assertThatThrownBy(this::ask).isInstanceOf(ProblemException.class).hasMessageContaining("wait");
    leases.release(STATE, held, true);
    assertThat(waiting).allMatch(CompletableFuture::isDone);
    assertThat(leases.waiting()).isZero();
  }

  @Test
  void acquire_tooManyStates_isExhaustedUntilOneIsOver() {
    assertThat(IntStream.range(0, Limits.LEASES))
        .allMatch(number -> leases.acquire(state("alice", number), TERM, WAIT).isDone());
    var one = state("alice", -1);
    assertThatThrownBy(() -> leases.acquire(one, TERM, WAIT)).isInstanceOf(ProblemException.class);
    leases.release(state("alice", 5), 105, true);
    assertThat(leases.acquire(one, TERM, WAIT)).isDone();
  }

  @Test
  void acquire_manyThreads_neverGrantsTwoAtOnce() throws InterruptedException {
    var computing = new java.util.concurrent.atomic.AtomicInteger();
    var computed = new java.util.concurrent.atomic.AtomicInteger();
    var threads = new ArrayList<Thread>();
    try (var timer = new TimerAlarm()) {
      var shared = new Leases(timer, 0);
      for (int i = 0; i < 16; i++) {
        threads.add(
            Thread.ofVirtual()
                .start(() -> {
                  var decision = shared.acquire(STATE, TERM, WAIT).join();
                  if (decision instanceof Decision.Granted(long generation)) {
                    assertThat(computing.incrementAndGet()).isEqualTo(1);
                    computed.incrementAndGet();
                    computing.decrementAndGet();
                    shared.release(STATE, generation, false);
                  }
                }));
      }
      for (var thread : threads) {
        assertThat(thread.join(Duration.ofSeconds(20))).isTrue();
      }
      assertThat(computed).hasValue(16);
      assertThat(shared.held()).isZero();
    }
  }
}
