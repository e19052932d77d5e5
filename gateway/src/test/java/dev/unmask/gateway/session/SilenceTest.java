package dev.unmask.gateway.session;

import static dev.unmask.gateway.Story.closed;
import static dev.unmask.gateway.Story.opened;
import static dev.unmask.gateway.session.Stage.checkpoint;
import static dev.unmask.gateway.session.Stage.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.contract.Limits;
import dev.unmask.decoder.v1.DecodeResponse;
import dev.unmask.generation.v1.GenerateResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SilenceTest {
  private static final Duration NOTICED = Limits.SILENCE_LEAST.plus(Limits.SILENCE_CHECK);

  /** All that a worker tells, but for the end of its call. */
  private static final DecodeResponse[] WHOLE = {
    opened("r"), checkpoint(0, 0, 1, 9), step(0, 1, 5), closed()
  };

  private final Stage stage = Stage.of(2);
  private final ScriptedWorker first = stage.worker("w1");
  private final ScriptedWorker second = stage.worker("w2");

  @AfterEach
  void stop() {
    stage.close();
  }

  @Test
  void watch_workerStopsInMidRun_isTakenFromItAndGoesOnElsewhere() {
    stage.client.ready(true);
    stage.open("w1");
    first.tell(opened("r"), checkpoint(0, 0, 1, 9, 9), step(0, 1, 5));
    stage.pass(Limits.SILENCE_LEAST.minus(Limits.SILENCE_CHECK));
    assertThat(second.requests).isEmpty();
    stage.pass(NOTICED);
    assertThat(first.cancelled).isEqualTo(1);
    assertThat(second.requests.getLast().getResumption().getToldList()).hasSize(1);
  }

  @Test
  void watch_lateEventsOfTheSilentWorker_areDropped() {
    stage.client.ready(true);
    stage.open("w1");
    first.tell(opened("r"), checkpoint(0, 0, 1, 9, 9), step(0, 1, 5));
    stage.pass(NOTICED.plus(Limits.SILENCE_CHECK));
    first.gateways.getFirst().onNext(step(1, 2, 6));
    second.tell(opened("r"), step(1, 2, 7));
    assertThat(stage.client.events)
        .filteredOn(GenerateResponse::hasDelta)
        .extracting(event -> event.getDelta().getCommits(0).getToken())
        .containsExactly(5, 7);
  }

  @Test
  void watch_clientReadsNothing_isNotTheWorkersSilence() {
    stage.open("w1");
    first.tell(opened("r"), checkpoint(0, 0, 1, 9), step(0, 1, 5));
    stage.pass(NOTICED.multipliedBy(5));
    assertThat(first.cancelled).isZero();
    assertThat(second.requests).isEmpty();
  }

  @Test
  void watch_waitsForAPlaceAtAWorkerThatAnswers_isLeftThere() {
    stage.client.ready(true);
    stage.open("w1");
    stage.pass(NOTICED.multipliedBy(5));
    assertThat(second.requests).isEmpty();
  }

  @Test
  void watch_waitsForAPlaceAtAWorkerThatAnswersNoMore_goesElsewhere() {
    stage.client.ready(true);
    stage.open("w1");
    first.answersPolls(false);
    stage.pass(Limits.SILENCE_LEAST);
    assertThat(second.requests).isEmpty();
    stage.pass(Stage.POLL.plus(Limits.SILENCE_CHECK));
    assertThat(second.requests).hasSize(1);
    assertThat(second.requests.getLast().hasResumption()).isFalse();
  }

  @Test
  void watch_slowSteps_areGivenTenOfThem() {
    first.medianStep(Duration.ofSeconds(1));
    stage.pass(Stage.POLL);
    stage.client.ready(true);
    stage.open("w1");
    first.tell(opened("r"), checkpoint(0, 0, 1, 9), step(0, 1, 5));
    stage.pass(Duration.ofSeconds(Limits.SILENCE_STEPS - 1));
    assertThat(second.requests).isEmpty();
    stage.pass(Duration.ofSeconds(2));
    assertThat(second.requests).hasSize(1);
  }

  @Test
  void watch_nobodyElseCanGoOn_waitsForTheSilentWorker() {
    stage.client.ready(true);
    stage.openPinned("w1");
    first.tell(opened("r"), checkpoint(0, 0, 1, 9), step(0, 1, 5));
    stage.pass(NOTICED.multipliedBy(3));
    first.tell(step(1));
    assertThat(first.cancelled).isZero();
    assertThat(stage.client.events).hasSize(3);
  }

  @Test
  void watch_silentAfterItsLastEvent_endsTheRequestAndNobodyGoesOn() {
    stage.client.ready(true);
    stage.open("w1");
    first.tell(WHOLE);
    stage.pass(NOTICED.plus(Limits.SILENCE_CHECK));
    assertThat(stage.client.completed).isTrue();
    assertThat(first.cancelled).isEqualTo(1);
    assertThat(second.requests).isEmpty();
  }

  @Test
  void watch_silentAfterItsLastEvent_isNoReasonToChooseOthers() {
    stage.client.ready(true);
    stage.open("w1");
    first.tell(WHOLE);
    stage.pass(NOTICED);
    assertThat(stage.client.completed).isTrue();
    assertThat(stage.view("w1").reachable()).isTrue();
  }

  @Test
  void watch_slowStepsAndSilentAfterItsLastEvent_isNotGivenTenOfThem() {
    first.medianStep(Duration.ofSeconds(10));
    stage.pass(Stage.POLL);
    stage.client.ready(true);
    stage.open("w1");
    first.tell(WHOLE);
    stage.pass(Limits.SILENCE_LEAST);
    assertThat(stage.client.completed).isFalse();
    stage.pass(Limits.SILENCE_CHECK);
    assertThat(stage.client.completed).isTrue();
  }

  @Test
  void watch_pinnedAndSilentAfterItsLastEvent_endsTheRequest() {
    stage.client.ready(true);
    stage.openPinned("w1");
    first.tell(WHOLE);
    stage.pass(NOTICED.plus(Limits.SILENCE_CHECK));
    assertThat(stage.client.completed).isTrue();
    assertThat(first.cancelled).isEqualTo(1);
  }

  @Test
  void watch_nothingLeftButTheEnd_isNoWaitForAPlace() {
    stage.client.ready(true);
    stage.open("w1");
    first.tell(opened("r"), closed());
    stage.pass(NOTICED.plus(Limits.SILENCE_CHECK));
    assertThat(stage.client.completed).isTrue();
  }

  @Test
  void watch_endInTime_isHeard() {
    stage.client.ready(true);
    stage.open("w1");
    first.tell(WHOLE);
    stage.pass(Limits.SILENCE_LEAST.minus(Limits.SILENCE_CHECK));
    first.complete();
    assertThat(stage.client.completed).isTrue();
    assertThat(first.cancelled).isZero();
  }

  @Test
  void watch_requestOver_leavesNothingBehind() {
    int polls = stage.timer.waiting();
    stage.open("w1");
    stage.client.cancel();
    stage.pass(Limits.SILENCE_CHECK);
    assertThat(stage.timer.waiting()).isEqualTo(polls);
  }
}
