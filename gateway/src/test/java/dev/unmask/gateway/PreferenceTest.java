package dev.unmask.gateway;

import static dev.unmask.gateway.Story.SOON;
import static dev.unmask.gateway.Story.measured;
import static dev.unmask.gateway.Story.model;
import static dev.unmask.gateway.Story.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.rpc.BadRequest;
import dev.unmask.generation.v1.DeadlineRule;
import dev.unmask.generation.v1.GenerateRequest;
import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.FixedSchedule;
import dev.unmask.type.v1.Preference;
import dev.unmask.type.v1.Sampling;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a preference becomes on the way to the worker, and what of it is told back. */
class PreferenceTest {
  private final FakeWorker worker = FakeWorker.start("w1", measured("mini"), model("unmeasured"));
  private final Harness harness = Harness.before(worker);

  @AfterEach
  void stop() {
    harness.close();
    worker.close();
  }

  @Test
  void generate_latency_isTheMeasuredMethodWithWhatTheClientSet() throws Exception {
    var own =
        DecodingSpec.newBuilder()
            .setGenerationLength(64)
            .setBlockLength(16)
            .setSampling(Sampling.newBuilder().setTemperature(0.5).setSeed(7))
            .addStop("end")
            .build();
    harness.generate(latency("mini").setSpec(own).build());
    assertThat(worker.next().request().getSpec())
        .isEqualTo(own.toBuilder().mergeFrom(SOON.getMethod()).build());
  }

  @Test
  void generate_latency_openedTellsTheMethod() {
    var opened = harness.generate(latency("mini").build()).getFirst().getOpened();
    assertThat(opened.getPreferredMethod()).isEqualTo(SOON);
    var plain = harness.generate(request().setModel("mini").build()).getFirst().getOpened();
    assertThat(plain.hasPreferredMethod()).isFalse();
  }

  @Test
  void generate_latencyWithinADeadline_hasATimeBudgetToo() throws Exception {
    harness.generate(
        latency("mini").setDeadlineRule(DeadlineRule.DEADLINE_RULE_FEWER_STEPS).build());
    var sent = worker.next().request();
    assertThat(sent.getSpec()).isEqualTo(SOON.getMethod());
    assertThat(sent.hasTimeBudget()).isTrue();
  }

  @Test
  void generate_methodOfItsOwn_isNamed() {
    var spec = DecodingSpec.newBuilder().setFixedSchedule(FixedSchedule.getDefaultInstance());
    assertRefused(latency("mini").setSpec(spec), "spec.fixed_schedule", "must be absent");
  }

  @Test
  void generate_modelThatWasNotMeasured_isNamed() {
    assertRefused(latency("unmeasured"), "preference", "not offered by the model unmeasured");
    assertRefused(
        latency("mini").setPreference(Preference.PREFERENCE_QUALITY), "preference", "not offered");
  }

  @Test
  void generate_unknownPreference_isNamed() {
    assertRefused(latency("mini").setPreferenceValue(99), "preference", "was 99");
  }

  private static GenerateRequest.Builder latency(String model) {
    return request().setModel(model).setPreference(Preference.PREFERENCE_LATENCY);
  }

  private void assertRefused(GenerateRequest.Builder request, String field, String why) {
    var failure =
        catchThrowableOfType(StatusRuntimeException.class, () -> harness.generate(request.build()));
    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    var violations = Harness.detail(failure, BadRequest.class).orElseThrow();
    assertThat(violations.getFieldViolationsList())
        .singleElement()
        .satisfies(violation -> {
          assertThat(violation.getField()).isEqualTo(field);
          assertThat(violation.getDescription()).contains(why);
        });
    assertThat(worker.arrived()).isZero();
  }
}
