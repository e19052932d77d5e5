package dev.unmask.client.evaluation.run;

import static dev.unmask.client.Events.commit;
import static dev.unmask.client.Events.delta;
import static dev.unmask.client.Events.opened;
import static dev.unmask.client.Events.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.unmask.client.Events;
import dev.unmask.client.evaluation.result.TokenCounts;
import dev.unmask.client.evaluation.result.Trace;
import dev.unmask.generation.v1.GenerateResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordingTest {
  private final Recording recording = new Recording();

  @Test
  void trace_revokedToken_isAMaskAgain() {
    recording.add(GenerateResponse.newBuilder().setOpened(opened(3, 3)).build());
    recording.add(delta(step(0, 0, commit(0, "a", 0.9), commit(2, "c", 0.12345))));
    recording.add(
        delta(step(1, 0, commit(1, "b", 1)).toBuilder().addRevoked(Events.START + 2).build()));
    assertThat(recording.trace())
        .isEqualTo(
            new Trace(
                List.of(100, 101, Trace.MASK),
                List.of(
                    new Trace.Step(List.of(0, 2), List.of(0.9, 0.123), List.of()),
                    new Trace.Step(List.of(1), List.of(1.0), List.of(2)))));
  }

  @Test
  void answer_notClosed_isNone() {
    Events.answer().subList(0, 2).forEach(recording::add);
    assertThatIllegalStateException().isThrownBy(recording::answer);
  }

  @Test
  void counts_threeDefinitions_differ() {
    var tokens = List.of(5, 6, 9, 7, Trace.MASK, 9);
    assertThat(TokenCounts.of(tokens, 9)).isEqualTo(new TokenCounts(2, 3, 5));
    assertThat(TokenCounts.of(List.of(9, 9), 9)).isEqualTo(new TokenCounts(0, 0, 2));
    assertThat(TokenCounts.of(List.of(5, 6), 9)).isEqualTo(new TokenCounts(2, 2, 2));
  }
}
