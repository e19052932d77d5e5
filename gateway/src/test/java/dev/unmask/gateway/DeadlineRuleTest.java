package dev.unmask.gateway;

import static dev.unmask.gateway.Story.model;
import static dev.unmask.gateway.Story.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.util.Durations;
import com.google.rpc.BadRequest;
import dev.unmask.contract.Limits;
import dev.unmask.generation.v1.DeadlineRule;
import dev.unmask.generation.v1.GenerateRequest;
import dev.unmask.generation.v1.GenerationServiceGrpc;
import dev.unmask.type.v1.Given;
import dev.unmask.type.v1.GivenToken;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What of a deadline and of what is given reaches the worker. */
class DeadlineRuleTest {
  private static final GenerateRequest FEWER_STEPS =
      request().setDeadlineRule(DeadlineRule.DEADLINE_RULE_FEWER_STEPS).build();

  private final FakeWorker worker = FakeWorker.start("w1", model("mini"));
  private final Harness harness = Harness.before(worker);

  @AfterEach
  void stop() {
    harness.close();
    worker.close();
  }

  @Test
  void generate_fewerSteps_tellsTheWorkerWhatIsLeftOfTheDeadline() throws Exception {
    harness.generate(FEWER_STEPS);
    var budget = Durations.toMillis(worker.next().request().getTimeBudget());
    var whole = Harness.CALL_TIME.minus(Limits.DEADLINE_MARGIN).toMillis();
    assertThat(budget).isBetween(whole / 2, whole);
  }

  @Test
  void generate_fail_tellsTheWorkerNoBudget() throws Exception {
    harness.generate(request().setDeadlineRule(DeadlineRule.DEADLINE_RULE_FAIL).build());
    assertThat(worker.next().request().hasTimeBudget()).isFalse();
  }

  @Test
  void generate_fewerStepsWithoutADeadline_namesTheField() {
    var stub = GenerationServiceGrpc.newBlockingStub(harness.channel());
    assertRefused(() -> stub.generate(FEWER_STEPS).next(), "needs a deadline");
  }

  @Test
  void generate_unknownRule_namesTheField() {
    var unknown = request().setDeadlineRuleValue(99).build();
    assertRefused(() -> harness.generate(unknown), "was 99");
  }

  @Test
  void generate_given_reachesTheWorker() throws Exception {
    var given =
        Given.newBuilder().addTokens(GivenToken.newBuilder().setPosition(3).setToken(7)).build();
    harness.generate(request().setGiven(given).build());
    assertThat(worker.next().request().getGiven()).isEqualTo(given);
  }

  private static void assertRefused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String bound) {
    var failure = catchThrowableOfType(StatusRuntimeException.class, call);
    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    var violations = Harness.detail(failure, BadRequest.class).orElseThrow();
    assertThat(violations.getFieldViolationsList())
        .singleElement()
        .satisfies(violation -> {
          assertThat(violation.getField()).isEqualTo("deadline_rule");
          assertThat(violation.getDescription()).contains(bound);
        });
  }
}
