package dev.unmask.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.generation.v1.GenerateResponse;
import dev.unmask.type.v1.Closed;
import dev.unmask.type.v1.Commit;
import dev.unmask.type.v1.CommittedText;
import dev.unmask.type.v1.Opened;
import dev.unmask.type.v1.StepDelta;
import dev.unmask.type.v1.Usage;
import org.junit.jupiter.api.Test;

class OneStreamTest {
  private final OneStream stream = new OneStream();

  @Test
  void add_aWholeStream_breaksNothing() {
    add(opened(), step(0, 3), step(1, 4), text(5), closed(2));
    assertThat(stream.broken()).isEmpty();
  }

  @Test
  void add_openedAgain_isTold() {
    add(opened(), step(0, 3), opened());
    assertThat(stream.broken()).contains("opened twice");
  }

  @Test
  void add_aStepLeftOut_isTold() {
    add(opened(), step(0, 3), step(2, 4));
    assertThat(stream.broken()).contains("step 2 after 1 steps");
  }

  @Test
  void add_aPositionAgain_isTold() {
    add(opened(), step(0, 3), step(1, 3));
    assertThat(stream.broken()).contains("position 3 told twice");
  }

  @Test
  void add_textAgain_isTold() {
    add(opened(), step(0, 3), text(4), text(4));
    assertThat(stream.broken()).contains("text up to 4 after 4");
  }

  @Test
  void add_stepsThatWereNotTold_areTold() {
    add(opened(), step(0, 3), closed(7));
    assertThat(stream.broken()).contains("7 steps counted, 1 told");
  }

  private void add(GenerateResponse... events) {
    for (var event : events) {
      stream.add(event);
    }
  }

  private static GenerateResponse opened() {
    return GenerateResponse.newBuilder().setOpened(Opened.getDefaultInstance()).build();
  }

  private static GenerateResponse step(int number, int position) {
    return GenerateResponse.newBuilder()
        .setDelta(
            StepDelta.newBuilder()
                .setStep(number)
                .addCommits(Commit.newBuilder().setPosition(position)))
        .build();
  }

  private static GenerateResponse text(int end) {
    return GenerateResponse.newBuilder()
        .setCommitted(CommittedText.newBuilder().setEndPosition(end))
        .build();
  }

  private static GenerateResponse closed(int steps) {
    return GenerateResponse.newBuilder()
        .setClosed(Closed.newBuilder().setUsage(Usage.newBuilder().setSteps(steps)))
        .build();
  }
}
