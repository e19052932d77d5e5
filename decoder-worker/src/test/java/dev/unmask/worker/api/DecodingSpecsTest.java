package dev.unmask.worker.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unmask.contract.ProblemException;
import dev.unmask.type.v1.Compatibility;
import dev.unmask.type.v1.Confidence;
import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.EndOfSequenceRule;
import dev.unmask.type.v1.Factor;
import dev.unmask.type.v1.FixedSchedule;
import dev.unmask.type.v1.NoCache;
import dev.unmask.type.v1.PrefixCache;
import dev.unmask.type.v1.Sampling;
import dev.unmask.type.v1.Threshold;
import dev.unmask.type.v1.TimeSchedule;
import dev.unmask.worker.method.Guidance;
import dev.unmask.worker.method.Method;
import dev.unmask.worker.unmask.Pace;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class DecodingSpecsTest {
  @Test
  void method_emptySpec_isTheStandardMethod() {
    assertThat(DecodingSpecs.method(DecodingSpec.getDefaultInstance()))
        .isEqualTo(Method.standard(128));
  }

  @Test
  void method_shortGeneration_isOneBlock() {
    var method = DecodingSpecs.method(DecodingSpec.newBuilder().setGenerationLength(8).build());

    assertThat(method.blockLength()).isEqualTo(8);
  }

  @Test
  void method_everyFieldSet_isTakenOver() {
    var spec =
        DecodingSpec.newBuilder()
            .setGenerationLength(64)
            .setBlockLength(16)
            .setFactor(Factor.newBuilder().setFactor(1.5).setMinTokensPerStep(2))
            .setPrefixCache(PrefixCache.getDefaultInstance())
            .setConfidence(Confidence.CONFIDENCE_MARGIN)
            .setCertaintyPriorSigma(10)
            .setSampling(
                Sampling.newBuilder().setTemperature(.5).setTopP(.9).setTopK(40).setSeed(-1))
            .setEndOfSequenceRule(EndOfSequenceRule.END_OF_SEQUENCE_RULE_DECODE_ALL)
            .setCompatibility(Compatibility.COMPATIBILITY_D2CACHE)
            .build();

    var method = DecodingSpecs.method(spec);

    assertThat(method.layout().blocks()).isEqualTo(4);
    assertThat(method.unmask())
        .isEqualTo(
            new dev.unmask.worker.unmask.Factor(
                1.5, 2, dev.unmask.worker.unmask.Factor.Edge.THEOREM));
    assertThat(method.cache()).isEqualTo(new dev.unmask.worker.caching.PrefixCache());
    assertThat(method.scoring().confidence())
        .isEqualTo(dev.unmask.worker.scoring.Confidence.MARGIN);
    assertThat(method.scoring().priorSigma()).hasValue(10);
    assertThat(method.scoring().sampling())
        .isEqualTo(new dev.unmask.worker.sampling.Sampling(.5, .9, 40, -1));
    assertThat(method.endOfSequence())
        .isEqualTo(dev.unmask.worker.method.EndOfSequenceRule.DECODE_ALL);
    assertThat(method.compatibility()).isEqualTo(dev.unmask.worker.method.Compatibility.D2CACHE);
  }

  @Test
  void method_paces_areTakenOver() {
    assertThat(pace(FixedSchedule.newBuilder())).isEqualTo(new Pace.TokensPerStep(1));
    assertThat(pace(FixedSchedule.newBuilder().setSteps(32))).isEqualTo(new Pace.Steps(32));
    assertThat(pace(FixedSchedule.newBuilder().setTokensPerStep(3)))
        .isEqualTo(new Pace.TokensPerStep(3));
    assertThat(pace(FixedSchedule.newBuilder().setTime(TimeSchedule.newBuilder().setSteps(32))))
        .isEqualTo(new Pace.TimeSchedule(32, 1e-3));
  }

  @Test
  void method_thresholdOfPlainDream_isTakenOver() {
    var spec =
        DecodingSpec.newBuilder()
            .setGenerationLength(32)
            .setThreshold(Threshold.newBuilder().setSteps(16))
            .setNoCache(NoCache.getDefaultInstance())
            .setCompatibility(Compatibility.COMPATIBILITY_FAST_DLLM);

    assertThat(DecodingSpecs.method(spec.build()).unmask())
        .isEqualTo(new dev.unmask.worker.unmask.Threshold(.9, 1, OptionalInt.of(16)));
  }

  @Test
  void method_guidance_isTakenOver() {
    assertThat(guidance("")).isEmpty();
    assertThat(guidance("guidance { scale: 1.5 }")).contains(new Guidance(1.5, 1));
    assertThat(guidance("dllm_cache {} guidance { scale: .5 interval: 7 }"))
        .contains(new Guidance(.5, 7));
  }

  private static Optional<Guidance> guidance(String text) {
    return DecodingSpecs.method(SpecTexts.spec(text)).guidance();
  }

  @Test
  void method_endTokensRuledOut_areTakenOver() {
    var none = DecodingSpecs.method(SpecTexts.spec("")).scoring();
    assertThat(none.logitsEosInf()).isFalse();
    assertThat(none.confidenceEosEotInf()).isFalse();
    assertThat(none.priorSigma()).isEmpty();
    var logits = DecodingSpecs.method(SpecTexts.spec("logits_eos_inf: true")).scoring();
    assertThat(logits.logitsEosInf()).isTrue();
    assertThat(logits.confidenceEosEotInf()).isFalse();
    var confidence = DecodingSpecs.method(SpecTexts.spec("confidence_eos_eot_inf: true")).scoring();
    assertThat(confidence.logitsEosInf()).isFalse();
    assertThat(confidence.confidenceEosEotInf()).isTrue();
  }

  @Test
  void method_confidences_areTakenOver() {
    assertThat(confidence("CONFIDENCE_UNSPECIFIED"))
        .isEqualTo(dev.unmask.worker.scoring.Confidence.MAX_PROBABILITY);
    for (var confidence : dev.unmask.worker.scoring.Confidence.values()) {
      assertThat(confidence("CONFIDENCE_" + confidence)).isEqualTo(confidence);
    }
  }

  private static dev.unmask.worker.scoring.Confidence confidence(String name) {
    return DecodingSpecs.method(SpecTexts.spec("confidence: " + name)).scoring().confidence();
  }

  @Test
  void method_compatibilities_areTakenOver() {
    assertThat(compatibility("COMPATIBILITY_UNSPECIFIED"))
        .isEqualTo(dev.unmask.worker.method.Compatibility.UNMASK);
    for (var compatibility : dev.unmask.worker.method.Compatibility.values()) {
      assertThat(compatibility("COMPATIBILITY_" + compatibility)).isEqualTo(compatibility);
    }
  }

  private static dev.unmask.worker.method.Compatibility compatibility(String name) {
    return DecodingSpecs.method(SpecTexts.spec("compatibility: " + name)).compatibility();
  }

  @Test
  void method_impossibleSpec_isABadRequest() {
    var spec = DecodingSpec.newBuilder().setGenerationLength(8).setBlockLength(3).build();

    assertThatThrownBy(() -> DecodingSpecs.method(spec))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("spec.block_length");
  }

  private static Pace pace(FixedSchedule.Builder schedule) {
    var spec = DecodingSpec.newBuilder().setFixedSchedule(schedule).build();
    return ((dev.unmask.worker.unmask.FixedSchedule) DecodingSpecs.method(spec).unmask()).pace();
  }
}
