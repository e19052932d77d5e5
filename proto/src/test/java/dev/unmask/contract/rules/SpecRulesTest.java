package dev.unmask.contract.rules;

import static dev.unmask.contract.rules.Samples.DREAM;
import static dev.unmask.contract.rules.Samples.LLADA;
import static dev.unmask.contract.rules.Samples.ofSpec;
import static dev.unmask.contract.rules.Samples.one;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.contract.CanvasSizes;
import dev.unmask.contract.Violation;
import dev.unmask.type.v1.D2Cache;
import dev.unmask.type.v1.DecodingSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpecRulesTest {
  @Test
  void spec_empty_isGood() {
    assertThat(ofSpec(LLADA, spec -> {})).isEmpty();
    assertThat(ofSpec(DREAM, spec -> {})).isEmpty();
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

  @ParameterizedTest
  @ValueSource(ints = {5, 6, 7, 127})
  void stepsOfDiffusionTime_notAMultipleOfTheBlocks_areRefused(int steps) {
    var reason = "must be a multiple of the number of blocks, 4, was " + steps;
    assertThat(ofSpec(spec -> spec.getOriginBuilder().setSteps(steps)))
        .isEqualTo(one("spec.origin.steps", reason));
    assertThat(ofSpec(spec -> spec.getFixedScheduleBuilder().getTimeBuilder().setSteps(steps)))
        .isEqualTo(one("spec.fixed_schedule.time.steps", reason));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 62})
  void kernelSize_even_isRefused(int width) {
    assertThat(ofSpec(spec -> spec.getSparseDllmBuilder().setKernelSize(width)))
        .isEqualTo(one("spec.sparse_dllm.kernel_size", "must be odd, was " + width));
  }

  @Test
  void steps_besideAWrongBlock_areStillBoundByTheGeneration() {
    assertThat(ofSpec(spec -> spec.setBlockLength(7).getFixedScheduleBuilder().setSteps(129)))
        .extracting(Violation::field)
        .containsExactly("spec.block_length", "spec.fixed_schedule.steps");
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
                spec.setConfidenceValue(9)
                    .setEndOfSequenceRuleValue(8)
                    .setCompatibilityValue(-1)
                    .setD2Cache(D2Cache.newBuilder().setModeValue(7))))
        .containsExactly(
            new Violation("spec.d2_cache.mode", "must be a value of its enum, was 7"),
            new Violation("spec.confidence", "must be a value of its enum, was 9"),
            new Violation("spec.end_of_sequence_rule", "must be a value of its enum, was 8"),
            new Violation("spec.compatibility", "must be a value of its enum, was -1"));
  }
}
