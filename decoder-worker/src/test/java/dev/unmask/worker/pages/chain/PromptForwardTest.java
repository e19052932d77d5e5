package dev.unmask.worker.pages.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class PromptForwardTest {
  /** Five milliseconds, and one more a hundred rows: few rows take nearly as long as none. */
  private static final IntFunction<Optional<Duration>> DEVICE =
      rows ->
          Optional.of(Duration.ofMillis(5).plus(Duration.ofMillis(10).multipliedBy(rows / 100)));

  private static final IntFunction<Optional<Duration>> BUSY =
      rows -> DEVICE.apply(rows).map(Duration.ofMillis(40)::plus);

  @Test
  void upTo_fewRowsAreLeft_doesNotCountTheForwardThatTheyTakeAnyway() {
    assertThat(new PromptForward(400, 0, DEVICE, DEVICE).upTo(380)).contains(Duration.ofMillis(40));
  }

  @Test
  void upTo_allIsThere_leavesAForwardOfARow() {
    assertThat(new PromptForward(400, 0, DEVICE, DEVICE).upTo(400)).contains(Duration.ofMillis(40));
  }

  @Test
  void upTo_halfIsHeld_countsTheRest() {
    assertThat(new PromptForward(400, 200, DEVICE, DEVICE).upTo(380))
        .contains(Duration.ofMillis(20));
  }

  @Test
  void upTo_othersWaitForTheDevice_countsThem() {
    assertThat(new PromptForward(400, 0, BUSY, DEVICE).upTo(380)).contains(Duration.ofMillis(80));
  }

  @Test
  void upTo_fewRowsWereSlowerLately_isNothing() {
    assertThat(new PromptForward(400, 0, DEVICE, _ -> Optional.of(Duration.ofSeconds(1))).upTo(380))
        .contains(Duration.ZERO);
  }

  @Test
  void upTo_nothingMeasured_isUnknown() {
    assertThat(new PromptForward(400, 0, _ -> Optional.empty(), DEVICE).upTo(380)).isEmpty();
  }
}
