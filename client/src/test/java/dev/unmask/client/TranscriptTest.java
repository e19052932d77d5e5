package dev.unmask.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.unmask.type.v1.GivenToken;
import dev.unmask.type.v1.StepDelta;
import java.util.List;
import org.junit.jupiter.api.Test;

class TranscriptTest {
  @Test
  void answer_maskLeftInTheMiddle_endsTokensBeforeIt() {
    var transcript = new Transcript();
    var events = Events.answer();
    transcript.add(events.getFirst());
    transcript.add(
        Events.delta(Events.step(0, 0, Events.commit(0, "a", 1), Events.commit(2, "c", 1))));
    transcript.add(events.getLast());
    assertThat(transcript.answer().tokens()).containsExactly(100);
  }

  @Test
  void answer_tokenThatWasGiven_isInItsPlace() {
    var given = GivenToken.newBuilder().setPosition(1).setToken(7).build();
    var transcript = new Transcript(List.of(given));
    var events = Events.answer();
    transcript.add(events.getFirst());
    transcript.add(
        Events.delta(Events.step(0, 0, Events.commit(0, "a", 1), Events.commit(2, "c", 1))));
    transcript.add(events.getLast());
    assertThat(transcript.answer().tokens()).containsExactly(100, 7, 102);
  }

  @Test
  void answer_tokenRevoked_takesItBack() {
    var transcript = new Transcript();
    var events = Events.answer();
    transcript.add(events.getFirst());
    transcript.add(
        Events.delta(Events.step(0, 0, Events.commit(0, "a", 1), Events.commit(1, "b", 1))));
    transcript.add(Events.delta(StepDelta.newBuilder().addRevoked(Events.START + 1).build()));
    transcript.add(events.getLast());
    assertThat(transcript.answer().tokens()).containsExactly(100);
  }

  @Test
  void answer_streamCutShort_fails() {
    var transcript = new Transcript();
    transcript.add(Events.answer().getFirst());
    assertThatIllegalStateException().isThrownBy(transcript::answer);
  }
}
