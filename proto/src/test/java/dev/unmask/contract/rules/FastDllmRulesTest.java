package dev.unmask.contract.rules;

import static dev.unmask.contract.rules.Samples.DREAM;
import static dev.unmask.contract.rules.Samples.LLADA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.contract.Violation;
import dev.unmask.type.v1.Compatibility;
import dev.unmask.type.v1.Confidence;
import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.Model;
import dev.unmask.type.v1.NoCache;
import dev.unmask.type.v1.PrefixCache;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FastDllmRulesTest {
  static Stream<Arguments> refused() {
    return Stream.of(
        of("certainty_prior_sigma", LLADA, spec -> spec.setCertaintyPriorSigma(1)),
        of(
            "fixed_schedule.tokens_per_step",
            LLADA,
            spec -> spec.getFixedScheduleBuilder().setTokensPerStep(2)),
        of(
            "threshold.min_tokens_per_step",
            LLADA,
            spec -> spec.getThresholdBuilder().setMinTokensPerStep(2)),
        of(
            "factor.min_tokens_per_step",
            LLADA,
            spec -> spec.getFactorBuilder().setMinTokensPerStep(2)),
        of("confidence", DREAM, spec -> spec.setConfidence(Confidence.CONFIDENCE_MARGIN)),
        of("confidence", LLADA, FastDllmRulesTest::marginOverSteps),
        of("fixed_schedule.time", LLADA, spec -> time(spec, 128)),
        of("factor", DREAM, spec -> spec.getFactorBuilder().setFactor(1)),
        of("fixed_schedule", DREAM, spec -> spec.getFixedScheduleBuilder().setSteps(128)),
        of("block_length", DREAM, spec -> spec.setNoCache(NoCache.getDefaultInstance())),
        of("fixed_schedule.time.steps", DREAM, spec -> time(spec, 4)));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void combination_fastDllmDoesNotKnow_isRefusedThereAndFineElsewhere(
      String field, Model model, Consumer<DecodingSpec.Builder> set) {
    assertThat(follow(model, set))
        .singleElement()
        .satisfies(violation -> {
          assertThat(violation.field()).isEqualTo("spec." + field);
          assertThat(violation.description()).contains("COMPATIBILITY_FAST_DLLM: ");
        });
    assertThat(Samples.ofSpec(model, set)).isEmpty();
  }

  static Stream<Arguments> accepted() {
    return Stream.of(
        of("default", LLADA, spec -> {}),
        of("default", DREAM, spec -> {}),
        of("steps", LLADA, spec -> spec.getFixedScheduleBuilder().setSteps(128)),
        of("factor", LLADA, spec -> spec.getFactorBuilder().setFactor(1)),
        of("prefix", DREAM, spec -> spec.setPrefixCache(PrefixCache.getDefaultInstance())),
        of("time", DREAM, spec -> time(spec, 8)),
        of("plain", DREAM, spec -> plain(spec)),
        of("plain, threshold", DREAM, spec -> plain(spec).getThresholdBuilder().setSteps(16)),
        of(
            "plain, margin",
            DREAM,
            spec -> {
              plain(spec).setConfidence(Confidence.CONFIDENCE_MARGIN);
              time(spec, 1);
            }));
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void combination_fastDllmKnows_isAccepted(
      String name, Model model, Consumer<DecodingSpec.Builder> set) {
    assertThat(follow(model, set)).as(name).isEmpty();
  }

  @Test
  void thresholdSteps_elsewhere_areRefusedNamingWhatIsMissing() {
    assertThat(Samples.ofSpec(LLADA, spec -> spec.getThresholdBuilder().setSteps(16)))
        .singleElement()
        .satisfies(violation -> {
          assertThat(violation.field()).isEqualTo("spec.threshold.steps");
          assertThat(violation.description())
              .endsWith(
                  "missing: compatibility COMPATIBILITY_FAST_DLLM, no_cache, block_length equal to"
                      + " generation_length, a Dream model");
        });
  }

  @Test
  void thresholdSteps_missingOneCondition_nameThatOneOnly() {
    assertThat(follow(LLADA, spec -> plain(spec).getThresholdBuilder().setSteps(16)))
        .singleElement()
        .extracting(Violation::description)
        .asString()
        .endsWith("missing: a Dream model");
  }

  @Test
  void thresholdSteps_atAndBeyondTheirBounds_areRefusedBeyondOnly() {
    assertThat(plainSteps(1)).isEmpty();
    assertThat(plainSteps(128)).isEmpty();
    assertThat(plainSteps(0))
        .containsExactly(new Violation("spec.threshold.steps", "must be in [1, 128], was 0"));
    assertThat(plainSteps(129))
        .containsExactly(new Violation("spec.threshold.steps", "must be in [1, 128], was 129"));
    assertThat(plainSteps(3))
        .containsExactly(
            new Violation("spec.threshold.steps", "must divide generation_length 128, was 3"));
  }

  private static List<Violation> plainSteps(int steps) {
    return follow(DREAM, spec -> plain(spec).getThresholdBuilder().setSteps(steps));
  }

  private static List<Violation> follow(Model model, Consumer<DecodingSpec.Builder> set) {
    return Samples.ofSpec(
        model, set.andThen(spec -> spec.setCompatibility(Compatibility.COMPATIBILITY_FAST_DLLM)));
  }

  private static DecodingSpec.Builder plain(DecodingSpec.Builder spec) {
    return spec.setNoCache(NoCache.getDefaultInstance())
        .setGenerationLength(128)
        .setBlockLength(128);
  }

  private static void time(DecodingSpec.Builder spec, int steps) {
    spec.getFixedScheduleBuilder().getTimeBuilder().setSteps(steps);
  }

  private static void marginOverSteps(DecodingSpec.Builder spec) {
    spec.setConfidence(Confidence.CONFIDENCE_MARGIN).getFixedScheduleBuilder().setSteps(128);
  }

  private static Arguments of(String field, Model model, Consumer<DecodingSpec.Builder> set) {
    return Arguments.of(field, model, set);
  }
}
