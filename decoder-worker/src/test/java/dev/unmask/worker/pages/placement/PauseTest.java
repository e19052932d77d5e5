package dev.unmask.worker.pages.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.contract.Limits;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class PauseTest {
  private final SettableClock clock = new SettableClock();
  private final Pause pause = new Pause(clock);

  @Test
  void on_noFailure_isFalse() {
    assertThat(pause.on()).isFalse();
  }

  @Test
  void on_afterAFailure_lastsTheFirstPause() {
    pause.failed();

    assertThat(lasts(Limits.PAGE_PAUSE_FIRST)).isTrue();
  }

  @Test
  void on_afterFurtherFailures_doublesUpToTheMost() {
    var expected = Limits.PAGE_PAUSE_FIRST;
    for (int failure = 0; failure < 20; failure++) {
      pause.failed();
      assertThat(lasts(expected)).as("failure %d", failure).isTrue();
      var doubled = expected.multipliedBy(2);
      expected = doubled.compareTo(Limits.PAGE_PAUSE_MOST) > 0 ? Limits.PAGE_PAUSE_MOST : doubled;
    }
  }

  @Test
  void failed_severalTogether_countOnce() {
    pause.failed();
    pause.failed();
    pause.failed();

    assertThat(lasts(Limits.PAGE_PAUSE_FIRST)).isTrue();
  }

  @Test
  void succeeded_afterFailures_startsOver() {
    pause.failed();
    clock.advance(Limits.PAGE_PAUSE_FIRST);
    pause.failed();
    pause.succeeded();
    assertThat(pause.on()).isFalse();

    pause.failed();
    assertThat(lasts(Limits.PAGE_PAUSE_FIRST)).isTrue();
  }

  private boolean lasts(Duration time) {
    clock.advance(time.minusMillis(1));
    boolean onBefore = pause.on();
    clock.advance(Duration.ofMillis(1));
    return onBefore && !pause.on();
  }
}
