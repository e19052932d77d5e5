package dev.unmask.gateway.session;

import static dev.unmask.gateway.session.Stage.checkpoint;
import static dev.unmask.gateway.session.Stage.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unmask.contract.ProblemException;
import dev.unmask.decoder.v1.DecodeRequest;
import dev.unmask.decoder.v1.DecodeResponse;
import dev.unmask.gateway.Story;
import dev.unmask.type.v1.CommittedText;
import dev.unmask.type.v1.GivenToken;
import dev.unmask.type.v1.ModelIdentity;
import dev.unmask.type.v1.Opened;
import dev.unmask.type.v1.StepDelta;
import org.junit.jupiter.api.Test;

class ToldTest {
  private static final DecodeRequest REQUEST = DecodeRequest.newBuilder().setRequestId("r").build();

  private final Told told = new Told();

  @Test
  void onward_nothingTold_beginsAnew() {
    hear(Story.opened("r"), checkpoint(0, 0, 1, 9, 9));
    assertThat(told.resumable()).isTrue();
    assertThat(told.onward(REQUEST)).isEqualTo(REQUEST);
  }

  @Test
  void onward_inABlock_namesTheCheckpointAndWhatWasToldSince() {
    hear(checkpoint(0, 0, 1, 9, 9, 9, 9), step(0, 1, 5, 2, 6));
    hear(checkpoint(1, 1, 1, 5, 6, 9, 9), step(1, 4, 8), step(2));
    var resumption = told.onward(REQUEST).getResumption();
    assertThat(resumption.getCheckpoint())
        .isEqualTo(checkpoint(1, 1, 1, 5, 6, 9, 9).getCheckpoint());
    assertThat(resumption.getToldList()).containsExactly(token(4, 8));
    assertThat(resumption.getSteps()).isEqualTo(2);
  }

  @Test
  void onward_outOfOrder_risesByPosition() {
    hear(checkpoint(0, 0, 1, 9, 9, 9), step(0, 3, 7), step(1, 1, 5), step(2, 2, 6));
    assertThat(told.onward(REQUEST).getResumption().getToldList())
        .containsExactly(token(1, 5), token(2, 6), token(3, 7));
  }

  @Test
  void onward_revokedTokens_areFreeAgain() {
    hear(checkpoint(0, 0, 1, 9, 9), step(0, 1, 5, 2, 6));
    hear(
        DecodeResponse.newBuilder()
            .setDelta(StepDelta.newBuilder().setStep(1).addRevoked(2))
            .build());
    assertThat(told.onward(REQUEST).getResumption().getToldList()).containsExactly(token(1, 5));
  }

  @Test
  void resumable_stepsWithoutACheckpoint_no() {
    hear(Story.opened("r"), step(0, 1, 5));
    assertThat(told.resumable()).isFalse();
  }

  @Test
  void add_openedAgain_isNoNews() {
    hear(Story.opened("r"));
    told.onward(REQUEST);
    assertThat(told.add(Story.opened("r"))).isEmpty();
  }

  @Test
  void add_openedByAnotherModel_isAContradiction() {
    hear(Story.opened("r"));
    told.onward(REQUEST);
    var other =
        DecodeResponse.newBuilder()
            .setOpened(Opened.newBuilder().setModel(ModelIdentity.newBuilder().setName("other")))
            .build();
    assertThatThrownBy(() -> told.add(other))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("another model");
  }

  @Test
  void add_textToldBefore_isNoNewsToTheClient() {
    hear(checkpoint(0, 0, 1, 9, 9), step(0, 1, 5), text("a", 2));
    told.onward(REQUEST);
    assertThat(told.add(text("a", 2))).isEmpty();
    assertThat(told.add(text("b", 3))).isPresent();
  }

  @Test
  void add_tokenToldBefore_isLeftOut() {
    hear(checkpoint(0, 0, 1, 9, 9), step(0, 1, 5));
    told.onward(REQUEST);
    var news = told.add(step(1, 1, 5, 2, 6)).orElseThrow().getDelta();
    assertThat(news.getCommitsList()).extracting(commit -> commit.getPosition()).containsExactly(2);
  }

  @Test
  void add_anotherTokenThanTold_isAContradiction() {
    hear(checkpoint(0, 0, 1, 9, 9), step(0, 1, 5));
    told.onward(REQUEST);
    assertThatThrownBy(() -> told.add(step(1, 1, 6))).isInstanceOf(ProblemException.class);
  }

  @Test
  void add_stepToldBefore_isAContradiction() {
    hear(checkpoint(0, 0, 1, 9, 9), step(0, 1, 5), step(1));
    told.onward(REQUEST);
    assertThatThrownBy(() -> told.add(step(1, 2, 6)))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("step 1");
  }

  private void hear(DecodeResponse... events) {
    for (var event : events) {
      var _ = told.add(event);
    }
  }

  private static DecodeResponse text(String text, int end) {
    return DecodeResponse.newBuilder()
        .setCommitted(CommittedText.newBuilder().setText(text).setEndPosition(end))
        .build();
  }

  private static GivenToken token(int position, int token) {
    return GivenToken.newBuilder().setPosition(position).setToken(token).build();
  }
}
