package dev.unmask.gateway;

import static dev.unmask.gateway.Story.model;
import static dev.unmask.gateway.Story.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.rpc.BadRequest;
import com.google.rpc.BadRequest.FieldViolation;
import dev.unmask.contract.Limits;
import dev.unmask.generation.v1.DetokenizeRequest;
import dev.unmask.generation.v1.GenerateRequest;
import dev.unmask.generation.v1.TokenizeRequest;
import dev.unmask.type.v1.Confidence;
import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.Prompt;
import dev.unmask.type.v1.Sampling;
import dev.unmask.type.v1.Threshold;
import dev.unmask.type.v1.TokenIds;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Collections;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BadInputTest {
  private final FakeWorker worker = FakeWorker.start("w1", model("mini"));
  private final Harness harness = Harness.before(worker);

  @AfterEach
  void stop() {
    harness.close();
    assertThat(worker.arrived()).isZero();
    worker.close();
  }

  @Test
  void generate_everythingWrong_namesEveryFieldAtOnce() {
    var spec =
        DecodingSpec.newBuilder()
            .setGenerationLength(100)
            .setBlockLength(7)
            .setThreshold(
                Threshold.newBuilder().setThreshold(Double.NaN).setMinTokensPerStep(0).setSteps(3))
            .setCertaintyPriorSigma(-1)
            .setConfidence(Confidence.CONFIDENCE_NEGATIVE_ENTROPY)
            .setSampling(
                Sampling.newBuilder()
                    .setTemperature(Double.POSITIVE_INFINITY)
                    .setTopP(0)
                    .setTopK(Story.VOCABULARY + 1))
            .setEndOfSequenceRuleValue(77)
            .setCompatibilityValue(78)
            .addStop("");
    var request =
        GenerateRequest.newBuilder()
            .setRequestId("not allowed")
            .setWorker("w".repeat(129))
            .setPrompt(Prompt.newBuilder().setTokens(TokenIds.newBuilder().addIds(5).addIds(499)))
            .setSpec(spec)
            .build();
    assertThat(violations(() -> harness.generate(request)))
        .extracting(FieldViolation::getField)
        .containsExactly(
            "request_id",
            "worker",
            "prompt.tokens.ids[1]",
            "spec.block_length",
            "spec.threshold.threshold",
            "spec.threshold.min_tokens_per_step",
            "spec.threshold.steps",
            "spec.certainty_prior_sigma",
            "spec.certainty_prior_sigma",
            "spec.sampling.temperature",
            "spec.sampling.top_p",
            "spec.sampling.top_k",
            "spec.stop[0]",
            "spec.end_of_sequence_rule",
            "spec.compatibility",
            "spec.threshold.steps");
  }

  @Test
  void generate_tenMebibytes_namesThePromptAndItsBound() {
    var prompt = Prompt.newBuilder().setText("x".repeat(10 << 20));
    assertThat(violations(() -> harness.generate(request().setPrompt(prompt).build())))
        .singleElement()
        .satisfies(violation -> {
          assertThat(violation.getField()).startsWith("prompt");
          assertThat(violation.getDescription()).contains("1 MiB").endsWith("was 10485760");
        });
  }

  @Test
  void generate_aMillionTokens_namesThePromptAndItsBound() {
    var ids = TokenIds.newBuilder().addAllIds(Collections.nCopies(1 << 20, 5));
    var prompt = Prompt.newBuilder().setTokens(ids);
    assertThat(violations(() -> harness.generate(request().setPrompt(prompt).build())))
        .singleElement()
        .satisfies(violation -> {
          assertThat(violation.getField()).isEqualTo("prompt.tokens.ids");
          assertThat(violation.getDescription()).contains("2048");
        });
  }

  @Test
  void generate_moreViolationsThanFit_stillReachTheClient() {
    var ids = TokenIds.newBuilder().addAllIds(Collections.nCopies(2000, 4_000_000));
    var request = request().setPrompt(Prompt.newBuilder().setTokens(ids)).build();
    var violations = violations(() -> harness.generate(request));
    assertThat(violations).hasSizeGreaterThan(20);
    assertThat(violations.getLast().getDescription()).contains("more rules");
  }

  @Test
  void generate_emptyRequest_namesThePrompt() {
    assertThat(violations(() -> harness.generate(GenerateRequest.getDefaultInstance())))
        .extracting(FieldViolation::getField)
        .containsExactly("prompt");
  }

  @Test
  void generate_stepsAboveTheGeneration_areNamed() {
    var request = request();
    request.getSpecBuilder().getFixedScheduleBuilder().setSteps(256);
    assertThat(violations(() -> harness.generate(request.build())))
        .singleElement()
        .satisfies(violation -> {
          assertThat(violation.getField()).isEqualTo("spec.fixed_schedule.steps");
          assertThat(violation.getDescription()).isEqualTo("must be in [4, 128], was 256");
        });
  }

  @Test
  void generate_unknownModel_isNotFoundAndListsTheKnownOnes() {
    var failure = failure(() -> harness.generate(request().setModel("maxi").build()));
    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(failure.getStatus().getDescription()).contains("maxi").contains("mini");
  }

  @Test
  void generate_unknownWorker_isNotFoundAndListsTheKnownOnes() {
    var failure = failure(() -> harness.generate(request().setWorker("w9").build()));
    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(failure.getStatus().getDescription()).contains("w1");
  }

  @Test
  void generate_aboveTheMessageBound_isRefusedByTheTransport() {
    var prompt = Prompt.newBuilder().setText("x".repeat(Limits.MESSAGE_BYTES));
    var failure = failure(() -> harness.generate(request().setPrompt(prompt).build()));
    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
  }

  @Test
  void tokenizeAndDetokenize_wrong_nameTheirFields() {
    assertThat(violations(() -> harness.blocking().tokenize(TokenizeRequest.getDefaultInstance())))
        .extracting(FieldViolation::getField)
        .containsExactly("prompt");
    var unknown =
        DetokenizeRequest.newBuilder().setTokens(TokenIds.newBuilder().addIds(500)).build();
    assertThat(violations(() -> harness.blocking().detokenize(unknown)))
        .extracting(FieldViolation::getField)
        .containsExactly("tokens.ids[0]");
  }

  private static StatusRuntimeException failure(ThrowingCallable call) {
    return catchThrowableOfType(StatusRuntimeException.class, call);
  }

  private static List<FieldViolation> violations(ThrowingCallable call) {
    var failure = failure(call);
    assertThat(failure.getStatus().getCode())
        .as("%s", failure.getStatus())
        .isEqualTo(Status.Code.INVALID_ARGUMENT);
    return Harness.detail(failure, BadRequest.class).orElseThrow().getFieldViolationsList();
  }
}
