package dev.unmask.worker.pages.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PromptForwardTest {
  @Test
  void upTo_fewRowsAreLeft_doesNotCountTheForwardThatTheyTakeAnyway() {
    assertThat(
            new PromptForward(400, 0, PromptForwardTest::device, PromptForwardTest::device)
                .upTo(380))
        .contains(Duration.ofMillis(40));
  }

  @Test
  void upTo_allIsThere_leavesAForwardOfARow() {
    assertThat(
            new PromptForward(400, 0, PromptForwardTest::device, PromptForwardTest::device)
                .upTo(400))
        .contains(Duration.ofMillis(40));
  }

  @Test
  void upTo_halfIsHeld_countsTheRest() {
    assertThat(
            new PromptForward(400, 200, PromptForwardTest::device, PromptForwardTest::device)
                .upTo(380))
        .contains(Duration.ofMillis(20));
  }

  @Test
  void upTo_othersWaitForTheDevice_countsThem() {
    assertThat(
            new PromptForward(400, 0, PromptForwardTest::busy, PromptForwardTest::device).upTo(380))
        .contains(Duration.ofMillis(80));
  }

  @Test
  void upTo_fewRowsWereSlowerLately_isNothing() {
    assertThat(
            new PromptForward(
                    400, 0, PromptForwardTest::device, _ -> Optional.of(Duration.ofSeconds(1)))
                .upTo(380))
        .contains(Duration.ZERO);
  }

  @Test
  void upTo_nothingMeasured_isUnknown() {
    assertThat(
            new PromptForward(400, 0, _ -> Optional.empty(), PromptForwardTest::device).upTo(380))
        .isEmpty();
  }

  /** Five milliseconds, and ten more for each whole hundred of rows. */
  private static Optional<Duration> device(int rows) {
    return Optional.of(Duration.ofMillis(5 + 10L * (rows / 100)));
  }

  private static Optional<Duration> busy(int rows) {
    return device(rows).map(Duration.ofMillis(40)::plus);
  }
}
