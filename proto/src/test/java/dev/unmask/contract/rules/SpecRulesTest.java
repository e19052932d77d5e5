package dev.unmask.contract.rules;

import static dev.unmask.contract.rules.Samples.DREAM;
import static dev.unmask.contract.rules.Samples.LLADA;
import static dev.unmask.contract.rules.Samples.VOCABULARY;
import static dev.unmask.contract.rules.Samples.ofSpec;
import static dev.unmask.contract.rules.Samples.one;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.contract.Violation;
import dev.unmask.type.v1.Confidence;
import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.Model;
import java.util.Collections;
import java.util.function.BiConsumer;
import java.util.function.ObjIntConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpecRulesTest {
  private static final Model WIDE = LLADA.toBuilder().setContextLength(1 << 20).build();

  @Test
  void spec_empty_isGood() {
    assertThat(ofSpec(LLADA, spec -> {})).isEmpty();
    assertThat(ofSpec(DREAM, spec -> {})).isEmpty();
  }

  /** Field, how to set it, least and most; one more and one less are refused. */
  static Stream<Arguments> wholeNumbers() {
    return Stream.of(
        whole("generation_length", (s, n) -> s.setGenerationLength(n).setBlockLength(1), 1, 4096),
        whole("block_length", (s, n) -> s.setGenerationLength(64).setBlockLength(n), 1, 64),
        whole("fixed_schedule.steps", (s, n) -> s.getFixedScheduleBuilder().setSteps(n), 4, 128),
        whole(
            "fixed_schedule.tokens_per_step",
            (s, n) -> s.getFixedScheduleBuilder().setTokensPerStep(n),
            1,
            32),
        whole(
            "fixed_schedule.time.steps",
            (s, n) -> s.getFixedScheduleBuilder().getTimeBuilder().setSteps(n),
            4,
            128),
        whole(
            "threshold.min_tokens_per_step",
            (s, n) -> s.getThresholdBuilder().setMinTokensPerStep(n),
            1,
            32),
        whole(
            "factor.min_tokens_per_step",
            (s, n) -> s.getFactorBuilder().setMinTokensPerStep(n),
            1,
            32),
        whole("sampling.top_k", (s, n) -> s.getSamplingBuilder().setTopK(n), 1, VOCABULARY),
        whole("stop", (s, n) -> s.addAllStop(Collections.nCopies(Math.max(n, 0), "x")), 0, 16));
  }

  @ParameterizedTest
  @MethodSource("wholeNumbers")
  void wholeNumber_atAndBeyondItsBounds_isRefusedBeyondOnly(
      String field, ObjIntConsumer<DecodingSpec.Builder> set, int least, int most) {
    assertThat(ofSpec(WIDE, spec -> set.accept(spec, least))).isEmpty();
    assertThat(ofSpec(WIDE, spec -> set.accept(spec, most))).isEmpty();
    refusesWhole(field, set, most + 1);
    if (least > 0) {
      refusesWhole(field, set, least - 1);
      refusesWhole(field, set, -1);
    }
  }

  private static void refusesWhole(
      String field, ObjIntConsumer<DecodingSpec.Builder> set, int given) {
    assertThat(ofSpec(WIDE, spec -> set.accept(spec, given)))
        .singleElement()
        .satisfies(violation -> {
          assertThat(violation.field()).isEqualTo("spec." + field);
          assertThat(violation.description())
              .startsWith("must be in [")
              .endsWith("was " + Integer.toUnsignedString(given));
        });
  }

  /** Field, how to set it, bounds as written, good values at the edges, bad ones beyond. */
  static Stream<Arguments> realNumbers() {
    return Stream.of(
        real(
            "threshold.threshold",
            (s, x) -> s.getThresholdBuilder().setThreshold(x),
            "(0, 1]",
            new double[] {Double.MIN_VALUE, 1},
            new double[] {0, Math.nextUp(1.0), -1}),
        real(
            "factor.factor",
            (s, x) -> s.getFactorBuilder().setFactor(x),
            "(0, 64]",
            new double[] {Double.MIN_VALUE, 64},
            new double[] {0, Math.nextUp(64.0), 65}),
        real(
            "certainty_prior_sigma",
            DecodingSpec.Builder::setCertaintyPriorSigma,
            "(0, 4096]",
            new double[] {Double.MIN_VALUE, 4096},
            new double[] {0, Math.nextUp(4096.0), -3}),
        real(
            "sampling.temperature",
            (s, x) -> s.getSamplingBuilder().setTemperature(x),
            "[0, 10]",
            new double[] {0, 10},
            new double[] {-Double.MIN_VALUE, Math.nextUp(10.0)}),
        real(
            "sampling.top_p",
            (s, x) -> s.getSamplingBuilder().setTopP(x),
            "(0, 1]",
            new double[] {Double.MIN_VALUE, 1},
            new double[] {0, Math.nextUp(1.0)}),
        real(
            "fixed_schedule.time.epsilon",
            (s, x) -> s.getFixedScheduleBuilder().getTimeBuilder().setSteps(4).setEpsilon(x),
            "(0, 1)",
            new double[] {Double.MIN_VALUE, Math.nextDown(1.0)},
            new double[] {0, 1}));
  }

  @ParameterizedTest
  @MethodSource("realNumbers")
  void realNumber_atAndBeyondItsBounds_isRefusedBeyondOnly(
      String field,
      BiConsumer<DecodingSpec.Builder, Double> set,
      String bounds,
      double[] good,
      double[] bad) {
    for (double value : good) {
      assertThat(ofSpec(spec -> set.accept(spec, value))).as("%s", value).isEmpty();
    }
    for (double value : bad) {
      refusesReal(field, set, bounds, value);
    }
    refusesReal(field, set, bounds, Double.NaN);
    refusesReal(field, set, bounds, Double.POSITIVE_INFINITY);
    refusesReal(field, set, bounds, Double.NEGATIVE_INFINITY);
  }

  private static void refusesReal(
      String field, BiConsumer<DecodingSpec.Builder, Double> set, String bounds, double value) {
    assertThat(ofSpec(spec -> set.accept(spec, value)))
        .isEqualTo(one("spec." + field, "must be in " + bounds + ", was " + Interval.show(value)));
  }

  @Test
  void threshold_nan_saysSo() {
    assertThat(ofSpec(spec -> spec.getThresholdBuilder().setThreshold(Double.NaN)))
        .isEqualTo(one("spec.threshold.threshold", "must be in (0, 1], was NaN"));
  }

  @Test
  void generationLength_notAMultipleOfTheBlock_isRefused() {
    assertThat(ofSpec(spec -> spec.setGenerationLength(100).setBlockLength(8)))
        .isEqualTo(one("spec.block_length", "must divide generation_length 100, was 8"));
    assertThat(ofSpec(spec -> spec.setGenerationLength(100)))
        .isEqualTo(
            one("spec.block_length", "must divide generation_length 100, was 32 (the default)"));
  }

  @Test
  void generationLength_shorterThanTheDefaultBlock_isOneBlock() {
    assertThat(ofSpec(spec -> spec.setGenerationLength(20))).isEmpty();
    assertThat(CanvasSizes.of(DecodingSpec.newBuilder().setGenerationLength(20).build()))
        .isEqualTo(new CanvasSizes(20, 20));
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 6, 7, 127})
  void steps_notAMultipleOfTheBlocks_areRefused(int steps) {
    assertThat(ofSpec(spec -> spec.getFixedScheduleBuilder().setSteps(steps)))
        .isEqualTo(
            one(
                "spec.fixed_schedule.steps",
                "must be a multiple of the number of blocks, 4, was " + steps));
  }

  @Test
  void steps_besideAWrongBlock_areStillBoundByTheGeneration() {
    assertThat(ofSpec(spec -> spec.setBlockLength(7).getFixedScheduleBuilder().setSteps(129)))
        .extracting(Violation::field)
        .containsExactly("spec.block_length", "spec.fixed_schedule.steps");
  }

  @Test
  void prior_withNegativeEntropy_isRefusedWithTheReason() {
    assertThat(
            ofSpec(spec ->
                spec.setCertaintyPriorSigma(10)
                    .setConfidence(Confidence.CONFIDENCE_NEGATIVE_ENTROPY)))
        .singleElement()
        .satisfies(violation -> {
          assertThat(violation.field()).isEqualTo("spec.certainty_prior_sigma");
          assertThat(violation.description()).contains("scores are negative");
        });
  }

  @Test
  void stop_atAndBeyondItsLength_isRefusedBeyondOnly() {
    assertThat(ofSpec(spec -> spec.addStop("x".repeat(256)))).isEmpty();
    assertThat(ofSpec(spec -> spec.addStop("\uD83D\uDE00".repeat(256)))).isEmpty();
    assertThat(ofSpec(spec -> spec.addStop("a").addStop("").addStop("x".repeat(257))))
        .containsExactly(
            new Violation("spec.stop[1]", "must be 1 to 256 characters, was 0"),
            new Violation("spec.stop[2]", "must be 1 to 256 characters, was 257"));
  }

  @Test
  void enums_ofUnknownNumbers_areRefused() {
    assertThat(
            ofSpec(spec ->
                spec.setConfidenceValue(9).setEndOfSequenceRuleValue(8).setCompatibilityValue(-1)))
        .containsExactly(
            new Violation("spec.confidence", "must be a value of its enum, was 9"),
            new Violation("spec.end_of_sequence_rule", "must be a value of its enum, was 8"),
            new Violation("spec.compatibility", "must be a value of its enum, was -1"));
  }

  private static Arguments whole(
      String field, ObjIntConsumer<DecodingSpec.Builder> set, int least, int most) {
    return Arguments.of(field, set, least, most);
  }

  private static Arguments real(
      String field,
      BiConsumer<DecodingSpec.Builder, Double> set,
      String bounds,
      double[] good,
      double[] bad) {
    return Arguments.of(field, set, bounds, good, bad);
  }
}
