package dev.unmask.gateway;

import static dev.unmask.gateway.Story.closed;
import static dev.unmask.gateway.Story.delta;
import static dev.unmask.gateway.Story.model;
import static dev.unmask.gateway.Story.opened;
import static dev.unmask.gateway.Story.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.util.Durations;
import com.google.rpc.QuotaFailure;
import com.google.rpc.RetryInfo;
import dev.unmask.contract.Limits;
import dev.unmask.contract.Problem;
import dev.unmask.contract.Problems;
import dev.unmask.generation.v1.GenerateResponse;
import dev.unmask.generation.v1.GenerateResponse.EventCase;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RelayTest {
  private final FakeWorker worker = FakeWorker.start("w1", model("mini"));
  private final Harness harness = Harness.before(worker);

  @AfterEach
  void stop() {
    harness.close();
    worker.close();
  }

  @Test
  void generate_aWholeStream_arrivesInOrderWithoutCheckpoints() {
    var events = harness.generate(request().setRequestId("mine").build());
    assertThat(events)
        .extracting(GenerateResponse::getEventCase)
        .containsExactly(
            EventCase.OPENED,
            EventCase.DELTA,
            EventCase.DELTA,
            EventCase.COMMITTED,
            EventCase.DELTA,
            EventCase.COMMITTED,
            EventCase.CLOSED);
    assertThat(events.getFirst().getOpened().getRequestId()).isEqualTo("mine");
    assertThat(events.get(4).getDelta().getStep()).isEqualTo(2);
  }

  @Test
  void generate_withoutNames_reachesTheWorkerWithNamesOfOurs() throws Exception {
    harness.generate(request().build());
    harness.generate(request().build());
    var first = worker.next().request();
    assertThat(first.getModel()).isEqualTo("mini");
    assertThat(first.getNamespace()).isEqualTo("default");
    assertThat(first.getRequestId()).matches("r-[0-9a-f]{32}");
    assertThat(worker.next().request().getRequestId()).isNotEqualTo(first.getRequestId());
  }

  @Test
  void generate_clientCancels_reachesTheWorker() throws Exception {
    worker.script(call -> call.gateway().onNext(opened("r")));
    var context = Context.current().withCancellation();
    context.run(() -> {
      var events = harness.blocking().generate(request().build());
      assertThat(events.next().hasOpened()).isTrue();
    });
    context.cancel(null);
    assertThat(worker.next().cancelled()).succeedsWithin(Duration.ofSeconds(10));
  }

  @Test
  void generate_rightAfterACancel_findsTheWorkerStillChosen() {
    worker.script(call -> {
      if (call.request().getRequestId().equals("hold")) {
        call.gateway().onNext(opened("hold"));
      } else {
        Story.tell(call);
      }
    });
    for (int i = 0; i < 50; i++) {
      var context = Context.current().withCancellation();
      context.run(() -> {
        var held = harness.blocking().generate(request().setRequestId("hold").build());
        assertThat(held.next().hasOpened()).isTrue();
      });
      context.cancel(null);
      assertThat(harness.generate(request().build())).hasSize(7);
    }
  }

  @Test
  void generate_clientDeadlinePasses_reachesTheWorker() throws Exception {
    worker.script(call -> {});
    var failure =
        failure(() ->
            harness
                .blocking()
                .withDeadlineAfter(300, TimeUnit.MILLISECONDS)
                .generate(request().build())
                .next());
    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
    var call = worker.next();
    assertThat(call.deadline().orElseThrow().timeRemaining(TimeUnit.SECONDS)).isLessThan(1);
    assertThat(call.cancelled()).succeedsWithin(Duration.ofSeconds(10));
  }

  @Test
  void generate_withoutADeadline_getsTheLongestOne() throws Exception {
    worker.script(call -> call.gateway().onNext(opened("r")));
    var recorder = new Recorder();
    harness.async().generate(request().build(), recorder);
    long seconds = worker.next().deadline().orElseThrow().timeRemaining(TimeUnit.SECONDS);
    assertThat(seconds)
        .isBetween(Limits.REQUEST_TIME.toSeconds() - 30, Limits.REQUEST_TIME.toSeconds());
    recorder.cancel();
  }

  @Test
  void generate_slowClient_losesNothing() throws Exception {
    int total = 2_000;
    var flood = new Flood(total);
    worker.script(flood::start);
    var client = new Recorder();
    harness.async().generate(request().build(), client);
    client.ask(1);
    await().atMost(Duration.ofSeconds(20)).until(() -> flood.stalledAt() > 0);
    client.ask(total);
    assertThat(client.over()).succeedsWithin(Duration.ofSeconds(20));
    assertThat(client.events()).hasSize(total + 1);
    for (int i = 0; i < total; i++) {
      assertThat(client.events().get(i).getDelta().getStep()).isEqualTo(i);
    }
  }

  @Test
  void generate_workerDiesInMidStream_isUnavailableWithRetryInfo() {
    worker.script(call -> {
      call.gateway().onNext(opened("r"));
      call.gateway().onNext(delta(0));
    });
    var events = harness.blocking().generate(request().build());
    assertThat(events.next().hasOpened()).isTrue();
    assertThat(events.next().hasDelta()).isTrue();
    worker.die();
    var failure = failure(events::next);
    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(failure.getStatus().getDescription()).contains("w1", "broke off");
    assertThat(Harness.detail(failure, RetryInfo.class)).isPresent();
  }

  @Test
  void generate_workerForgetsClosed_isInternal() {
    worker.script(call -> {
      call.gateway().onNext(opened("r"));
      call.gateway().onCompleted();
    });
    var failure = failure(() -> harness.generate(request().build()));
    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INTERNAL);
    assertThat(failure.getStatus().getDescription()).contains("w1", "Closed");
  }

  @Test
  void generate_workerRefuses_isPassedOnWithItsDetails() {
    worker.script(call ->
        call.gateway()
            .onError(Problems.toStatus(new Problem.Exhausted("full", Duration.ofSeconds(7)))));
    var failure = failure(() -> harness.generate(request().build()));
    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(failure.getStatus().getDescription()).isEqualTo("full");
    assertThat(Harness.detail(failure, RetryInfo.class).orElseThrow().getRetryDelay())
        .isEqualTo(Durations.fromSeconds(7));
    assertThat(Harness.detail(failure, QuotaFailure.class)).isEmpty();
  }

  @Test
  void generate_workerFailsWithoutDetails_isInternalAndNamesIt() {
    worker.script(call -> call.gateway().onError(new IllegalStateException("secret")));
    var failure = failure(() -> harness.generate(request().build()));
    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INTERNAL);
    assertThat(failure.getStatus().getDescription()).contains("w1").doesNotContain("secret");
  }

  @Test
  void generate_closedThenError_isAnError() {
    worker.script(call -> {
      call.gateway().onNext(closed());
      call.gateway().onError(Status.DATA_LOSS.asRuntimeException());
    });
    var failure = failure(() -> harness.generate(request().build()));
    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INTERNAL);
  }

  private static StatusRuntimeException failure(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    return catchThrowableOfType(StatusRuntimeException.class, call);
  }
}
