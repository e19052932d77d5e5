package dev.unmask.gateway.session;

import static dev.unmask.gateway.Story.closed;
import static dev.unmask.gateway.Story.committed;
import static dev.unmask.gateway.session.Stage.checkpoint;
import static dev.unmask.gateway.session.Stage.step;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Durations;
import com.google.rpc.RetryInfo;
import dev.unmask.contract.Limits;
import dev.unmask.contract.Problem;
import dev.unmask.contract.Problems;
import dev.unmask.decoder.v1.DecodeResponse;
import dev.unmask.gateway.Harness;
import dev.unmask.generation.v1.GenerateResponse;
import dev.unmask.generation.v1.GenerateResponse.EventCase;
import dev.unmask.type.v1.Opened;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A worker is lost while it decodes; another one goes on. */
class FailoverTest {
  private static final DecodeResponse OPENED =
      DecodeResponse.newBuilder()
          .setOpened(Opened.newBuilder().setPromptTokens(1).setGenerationLength(3))
          .build();

  private final Stage stage = Stage.of(4);
  private final FakeClient client = stage.client.ready(true);
  private final ScriptedWorker first = stage.worker("w1");

  @AfterEach
  void stop() {
    stage.close();
  }

  @Test
  void failed_inABlock_goesOnWithWhatWasTold() {
    stage.open("w1");
    first.tell(OPENED, checkpoint(0, 0, 1, 9, 9, 9), step(0, 2, 6));
    first.breakOff();
    var next = others("w1");
    var resumption = next.requests.getLast().getResumption();
    assertThat(resumption.getCheckpoint().getCanvasList()).containsExactly(1, 9, 9, 9);
    assertThat(resumption.getSteps()).isEqualTo(1);
    next.tell(OPENED, checkpoint(0, 1, 1, 9, 6, 9), step(1, 1, 5, 3, 7), committed("x"), closed());
    next.complete();
    assertThat(client.completed).isTrue();
    assertThat(client.events)
        .extracting(GenerateResponse::getEventCase)
        .containsExactly(
            EventCase.OPENED,
            EventCase.DELTA,
            EventCase.DELTA,
            EventCase.COMMITTED,
            EventCase.CLOSED);
  }

  @Test
  void closed_openedAnew_sumsWhatWasTold() {
    stage.open("w1");
    first.tell(OPENED, checkpoint(0, 0, 1, 9, 9, 9), step(0, 2, 6), step(1));
    stage.nanoTime.addAndGet(Duration.ofSeconds(3).toNanos());
    first.breakOff();
    var next = others("w1");
    stage.nanoTime.addAndGet(Duration.ofSeconds(1).toNanos());
    next.tell(OPENED, step(2, 1, 5, 3, 7), committed("x"), closed());
    var usage = client.events.getLast().getClosed().getUsage();
    assertThat(usage.getReopened()).isEqualTo(1);
    assertThat(usage.getSteps()).isEqualTo(3);
    assertThat(usage.getTokensPerStep()).isEqualTo(1);
    assertThat(usage.getRowsComputed()).isEqualTo(3 * 8);
    assertThat(usage.getRowsUncached()).isEqualTo(3 * 4);
    assertThat(usage.getDuration()).isEqualTo(Durations.fromSeconds(4));
    assertThat(usage.getTimeToFirstBlock()).isEqualTo(Durations.fromSeconds(4));
  }

  @Test
  void closed_neverOpenedAnew_isTheWorkersWord() {
    stage.open("w1");
    first.tell(OPENED, checkpoint(0, 0, 1, 9), step(0, 1, 5), closed());
    assertThat(client.events.getLast().getClosed()).isEqualTo(closed().getClosed());
  }

  @Test
  void failed_drainingBeforeOpened_beginsAnewElsewhere() {
    stage.open("w1");
    first
        .gateways
        .getLast()
        .onError(Problems.toStatus(new Problem.Unavailable("stops", Duration.ofSeconds(1))));
    assertThat(others("w1").requests.getLast().hasResumption()).isFalse();
    assertThat(client.failure).isEmpty();
  }

  @Test
  void failed_afterOpened_isOpenedOnceToTheClient() {
    stage.open("w1");
    first.tell(OPENED);
    first.breakOff();
    others("w1").tell(OPENED, checkpoint(0, 0, 1, 9, 9, 9), step(0, 1, 5));
    assertThat(client.events)
        .extracting(GenerateResponse::getEventCase)
        .containsExactly(EventCase.OPENED, EventCase.DELTA);
  }

  @Test
  void failed_eachTime_endsAfterTwoReopenings() {
    stage.open("w1");
    first.breakOff();
    for (int i = 0; i < Limits.REOPENINGS; i++) {
      open().breakOff();
    }
    assertThat(requests()).isEqualTo(1 + Limits.REOPENINGS);
    assertUnavailable("opened anew 2 times");
  }

  @Test
  void failed_everyWorkerOnce_neverReturnsToALostOne() {
    stage.open("w1");
    first.breakOff();
    stage.pass(Stage.POLL);
    open().breakOff();
    assertThat(first.requests).hasSize(1);
  }

  @Test
  void failed_workerNamedByTheClient_isUnavailable() {
    stage.openPinned("w1");
    first.tell(OPENED, checkpoint(0, 0, 1, 9), step(0, 1, 5));
    first.breakOff();
    assertThat(requests()).isEqualTo(1);
    assertUnavailable("names its worker");
  }

  @Test
  void failed_stepsWithoutACheckpoint_isUnavailable() {
    stage.open("w1");
    first.tell(OPENED, step(0, 1, 5));
    first.breakOff();
    assertUnavailable("no canvas to go on from");
  }

  @Test
  void failed_budgetSpent_isUnavailable() {
    while (stage.budget.spend()) {
      // Until it is empty.
    }
    stage.open("w1");
    first.breakOff();
    assertUnavailable("too many requests are opened anew");
  }

  @Test
  void failed_aBugOfTheWorker_isNotTriedElsewhere() {
    stage.open("w1");
    first.gateways.getLast().onError(Status.INTERNAL.asRuntimeException());
    assertThat(requests()).isEqualTo(1);
    assertThat(code()).isEqualTo(Status.Code.INTERNAL);
  }

  @Test
  void failed_nobodyElseReachable_waitsUntilSomebodyIs() {
    stage.open("w1");
    first.tell(OPENED, checkpoint(0, 0, 1, 9, 9, 9), step(0, 2, 6));
    answerPolls(false);
    first.breakOff();
    stage.pass(Limits.REOPEN_WAIT.dividedBy(2));
    assertThat(requests()).isEqualTo(1);
    answerPolls(true);
    stage.pass(Limits.SILENCE_CHECK);
    assertThat(others("w1").requests.getLast().hasResumption()).isTrue();
  }

  @Test
  void failed_nobodyElseReachableForLong_isUnavailable() {
    stage.open("w1");
    answerPolls(false);
    first.breakOff();
    stage.pass(Limits.REOPEN_WAIT.minus(Limits.SILENCE_CHECK));
    assertThat(client.failure).isEmpty();
    stage.pass(Limits.SILENCE_CHECK);
    assertUnavailable("no other worker can be reached");
  }

  @Test
  void failed_afterClosed_hasNothingLeftToDo() {
    stage.open("w1");
    first.tell(OPENED, closed());
    first.breakOff();
    assertThat(client.completed).isTrue();
    assertThat(requests()).isEqualTo(1);
  }

  @Test
  void failed_clientLeft_isNotOpenedAnew() {
    stage.open("w1");
    first.tell(OPENED);
    client.cancel();
    first.breakOff();
    assertThat(requests()).isEqualTo(1);
  }

  @Test
  void reopen_slowClient_asksTheNextWorkerForNoMoreThanOneEvent() {
    stage.open("w1");
    first.tell(OPENED, checkpoint(0, 0, 1, 9, 9, 9), step(0, 2, 6));
    client.ready(false);
    first.breakOff();
    var next = others("w1");
    next.tell(OPENED, step(1, 1, 5), step(2, 3, 7));
    assertThat(client.events).hasSize(2);
    client.ready(true);
    assertThat(client.events).hasSize(4);
  }

  @Test
  void reopen_workerContradictsWhatWasTold_isInternalAndStopsIt() {
    stage.open("w1");
    first.tell(OPENED, checkpoint(0, 0, 1, 9, 9, 9), step(0, 2, 6));
    first.breakOff();
    var next = others("w1");
    next.tell(OPENED, step(0, 2, 7));
    assertThat(code()).isEqualTo(Status.Code.INTERNAL);
    assertThat(next.cancelled).isEqualTo(1);
  }

  /** Whether workers say how busy they are, from the next polls on. */
  private void answerPolls(boolean now) {
    stage.workers().forEach(worker -> worker.answersPolls(now));
    stage.pass(Stage.POLL);
  }

  /** The worker other than the named one that has the request. */
  private ScriptedWorker others(String name) {
    return stage.workers().stream()
        .filter(worker -> !worker.equals(stage.worker(name)) && !worker.requests.isEmpty())
        .findFirst()
        .orElseThrow();
  }

  /** The worker whose request is not over. */
  private ScriptedWorker open() {
    return stage.workers().stream().filter(ScriptedWorker::busy).findFirst().orElseThrow();
  }

  private int requests() {
    return stage.workers().stream().mapToInt(worker -> worker.requests.size()).sum();
  }

  private Status.Code code() {
    return failure().getStatus().getCode();
  }

  private StatusRuntimeException failure() {
    return (StatusRuntimeException) client.failure.orElseThrow();
  }

  private void assertUnavailable(String reason) {
    assertThat(code()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(failure().getStatus().getDescription()).contains("worker w", reason);
    assertThat(Harness.detail(failure(), RetryInfo.class)).isPresent();
  }
}
