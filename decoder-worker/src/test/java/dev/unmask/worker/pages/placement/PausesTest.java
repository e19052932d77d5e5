package dev.unmask.worker.pages.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.contract.Limits;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PausesTest {
  private final SettableClock clock = new SettableClock();
  private final Pauses pauses = new Pauses(clock);

  @Test
  void of_sameConnection_isTheSamePause() {
    pauses.of("a:1", 1).failed();

    assertThat(pauses.of("a:1", 1).on()).isTrue();
    assertThat(pauses.of("b:1", 1).on()).isFalse();
  }

  @Test
  void of_connectedAgain_beginsWithoutPause() {
    failOften(pauses.of("a:1", 1));
    assertThat(pauses.of("a:1", 1).on()).isTrue();

    assertThat(pauses.of("a:1", 2).on()).isFalse();
  }

  @Test
  void unreached_failedOften_isOverWithinTheTimeOfAReconnect() {
    failOften(pauses.unreached());
    assertThat(pauses.unreached().on()).isTrue();

    clock.advance(Limits.CACHE_RECONNECT_TIME);
    assertThat(pauses.unreached().on()).isFalse();
  }

  @Test
  void open_someInstanceWithoutPause_whileAnyIsReached() {
    assertThat(pauses.open()).isTrue();
    pauses.of("a:1", 1).failed();
    assertThat(pauses.open()).isFalse();
    assertThat(pauses.of("b:1", 1).on()).isFalse();
    assertThat(pauses.open()).isTrue();
    pauses.unreached().failed();
    assertThat(pauses.open()).isFalse();
  }

  /** Each failure after the pause before it. */
  private void failOften(Pause pause) {
    IntStream.range(0, 10)
        .forEach(_ -> {
          clock.advance(Limits.PAGE_PAUSE_MOST);
          pause.failed();
        });
  }
}
