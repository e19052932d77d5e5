package dev.unmask.worker.pages.choice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.contract.Limits;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FetchOrComputeTest {
  private static final long MEBIBYTE = 1 << 20;

  private final FetchOrCompute choice = new FetchOrCompute(false);

  private static Optional<Duration> millis(long millis) {
    return Optional.of(Duration.ofMillis(millis));
  }

  /** A call takes 2 ms, and a mebibyte 10 ms more. */
  private void measure() {
    choice.called(Duration.ofMillis(2));
    fetch(choice, 4 * MEBIBYTE, Duration.ofMillis(42));
  }

  /** As often as it takes to be believed. */
  private static void fetch(FetchOrCompute choice, long bytes, Duration took) {
    for (int i = 0; i < Limits.FETCHES_FIRST; i++) {
      choice.fetched(bytes, took);
    }
  }

  @Test
  void decide_fewFetchesMeasured_fetchesHoweverSlowTheyWere() {
    choice.fetched(MEBIBYTE, Duration.ofSeconds(9));
    assertThat(choice.decide(MEBIBYTE, millis(1)).fetched()).isTrue();
  }

  @Test
  void decide_nothingMeasured_fetches() {
    assertThat(choice.decide(MEBIBYTE, Optional.empty()))
        .isEqualTo(new Decision(Optional.empty(), Optional.empty(), true));
  }

  @Test
  void decide_onlyComputingMeasured_fetchesAndSaysWhatComputingTakes() {
    assertThat(choice.decide(MEBIBYTE, millis(1)))
        .isEqualTo(new Decision(Optional.empty(), millis(1), true));
  }

  @Test
  void decide_measured_estimatesACallAndTheBytes() {
    measure();
    assertThat(choice.decide(10 * MEBIBYTE, millis(500)))
        .isEqualTo(new Decision(millis(102), millis(500), true));
  }

  @Test
  void decide_computingClearlyFaster_computes() {
    measure();
    assertThat(choice.decide(10 * MEBIBYTE, millis(60)).fetched()).isFalse();
  }

  @Test
  void decide_computingALittleFaster_fetches() {
    measure();
    assertThat(choice.decide(10 * MEBIBYTE, millis(90)).fetched()).isTrue();
  }

  @Test
  void decide_always_fetchesHoweverLongItTakes() {
    var always = new FetchOrCompute(true);
    fetch(always, MEBIBYTE, Duration.ofSeconds(9));
    assertThat(always.decide(MEBIBYTE, millis(1)).fetched()).isTrue();
  }

  @Test
  void decide_computingForLong_fetchesNowAndThenAnyway() {
    fetch(choice, MEBIBYTE, Duration.ofSeconds(9));
    long fetched =
        IntStream.range(0, 3 * Limits.FETCH_ANYWAY)
            .filter(_ -> choice.decide(MEBIBYTE, millis(1)).fetched())
            .count();
    assertThat(fetched).isEqualTo(3);
  }

  @Test
  void fetched_networkWellAgain_isBelievedAfterAFewFetches() {
    fetch(choice, MEBIBYTE, Duration.ofSeconds(9));
    assertThat(choice.decide(MEBIBYTE, millis(100)).fetched()).isFalse();
    for (int i = 0; i < 80; i++) {
      choice.fetched(MEBIBYTE, Duration.ofMillis(10));
    }
    assertThat(choice.decide(MEBIBYTE, millis(100)).fetched()).isTrue();
  }

  @Test
  void fetched_manySmallAndOneLarge_theLargeOneSaysTheRate() {
    choice.called(Duration.ofMillis(2));
    for (int i = 0; i < 5; i++) {
      choice.fetched(1024, Duration.ofMillis(3));
    }
    choice.fetched(64 * MEBIBYTE, Duration.ofMillis(642));
    var estimate = choice.decide(64 * MEBIBYTE, Optional.empty()).fetch().orElseThrow();
    assertThat(estimate).isBetween(Duration.ofMillis(640), Duration.ofMillis(660));
  }

  @Test
  void fetched_fewAndManyBytes_estimatesWhatEachFetchTakesBesideItsBytes() {
    choice.called(Duration.ofMillis(2));
    for (int i = 0; i < 40; i++) {
      // 5 ms, and 1 ms a mebibyte.
      choice.fetched(10 * MEBIBYTE, Duration.ofMillis(17));
      choice.fetched(100 * MEBIBYTE, Duration.ofMillis(107));
    }
    var few = choice.decide(10 * MEBIBYTE, Optional.empty()).fetch().orElseThrow();
    var many = choice.decide(100 * MEBIBYTE, Optional.empty()).fetch().orElseThrow();
    assertThat(few).isBetween(Duration.ofMillis(15), Duration.ofMillis(18));
    assertThat(many).isBetween(Duration.ofMillis(105), Duration.ofMillis(109));
  }

  @Test
  void fetched_manyBytesWereSlow_fewAreNotFree() {
    for (int i = 0; i < 40; i++) {
      choice.fetched(10 * MEBIBYTE, Duration.ofMillis(10));
      choice.fetched(100 * MEBIBYTE, Duration.ofMillis(300));
    }
    var few = choice.decide(5 * MEBIBYTE, Optional.empty()).fetch().orElseThrow();
    assertThat(few).isBetween(Duration.ofMillis(10), Duration.ofMillis(20));
  }

  @Test
  void fetched_fasterThanACall_isNoNegativeTime() {
    choice.called(Duration.ofMillis(5));
    choice.fetched(MEBIBYTE, Duration.ofMillis(1));
    assertThat(choice.decide(MEBIBYTE, millis(1)).fetch()).isEqualTo(millis(5));
  }

  @Test
  void patience_nothingMeasured_isThatOfAnyQuestion() {
    assertThat(choice.patience(millis(50))).isEqualTo(Limits.QUERY_TIME);
  }

  @Test
  void patience_quickCalls_isTheLeast() {
    choice.called(Duration.ofMillis(2));
    assertThat(choice.patience(millis(500))).isEqualTo(Limits.FIND_WAIT_LEAST);
  }

  @Test
  void patience_slowCalls_growsWithThemUpToWhatComputingTakes() {
    choice.called(Duration.ofMillis(40));
    var grown = Duration.ofMillis(40).multipliedBy(Limits.FIND_WAIT_CALLS);
    assertThat(choice.patience(Optional.empty())).isEqualTo(grown);
    assertThat(choice.patience(millis(500))).isEqualTo(grown);
    assertThat(choice.patience(millis(90))).isEqualTo(Duration.ofMillis(90));
    assertThat(choice.patience(millis(9))).isEqualTo(Limits.FIND_WAIT_LEAST);
    choice.called(Duration.ofMinutes(1));
    assertThat(choice.patience(Optional.empty())).isEqualTo(Limits.QUERY_TIME);
  }

  @Test
  void patience_fewCallsStalled_isAsBefore() {
    for (int i = 0; i < 9; i++) {
      choice.called(Duration.ofMillis(2));
    }
    for (int stalled = 0; stalled < 4; stalled++) {
      choice.called(Duration.ofSeconds(1));
      assertThat(choice.patience(millis(500))).isEqualTo(Limits.FIND_WAIT_LEAST);
    }
    choice.called(Duration.ofSeconds(1));
    assertThat(choice.patience(millis(500))).isEqualTo(Duration.ofMillis(500));
  }

  @Test
  void patience_alwaysFetched_isThatOfAnyQuestion() {
    var always = new FetchOrCompute(true);
    always.called(Duration.ofMillis(2));
    assertThat(always.patience(millis(9))).isEqualTo(Limits.QUERY_TIME);
  }
}
