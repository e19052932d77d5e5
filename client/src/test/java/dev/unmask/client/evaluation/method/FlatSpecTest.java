package dev.unmask.client.evaluation.method;

import static dev.unmask.client.evaluation.settings.ModelKind.DREAM_BASE;
import static dev.unmask.client.evaluation.settings.ModelKind.LLADA_INST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.unmask.client.evaluation.settings.ModelKind;
import dev.unmask.type.v1.Compatibility;
import dev.unmask.type.v1.Confidence;
import dev.unmask.type.v1.EndOfSequenceRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlatSpecTest {
  @Test
  void of_fastDllmsLladaScript_isItsDecoding() {
    var spec =
        Specs.of(
            LLADA_INST,
            "gsm8k",
            "gen_length=256",
            "steps=8",
            "block_length=32",
            "use_cache=True",
            "dual_cache=True",
            "threshold=0.9");
    assertThat(spec.getGenerationLength()).isEqualTo(256);
    assertThat(spec.getThreshold().getThreshold()).isEqualTo(0.9);
    assertThat(spec.getThreshold().hasSteps()).isFalse();
    assertThat(spec.hasDualCache()).isTrue();
    assertThat(spec.getCompatibility()).isEqualTo(Compatibility.COMPATIBILITY_FAST_DLLM);
    assertThat(spec.getEndOfSequenceRule())
        .isEqualTo(EndOfSequenceRule.END_OF_SEQUENCE_RULE_DECODE_ALL);
  }

  @Test
  void of_lladaWithoutThreshold_plansSteps() {
    var spec = Specs.of(LLADA_INST, "gsm8k", "steps=128", "use_cache=false");
    assertThat(spec.getFixedSchedule().getSteps()).isEqualTo(128);
    assertThat(spec.hasNoCache()).isTrue();
    assertThat(Specs.of(LLADA_INST, "gsm8k", "use_cache=true").getFixedSchedule().getSteps())
        .isEqualTo(256);
  }

  @Test
  void of_dreamWithoutCache_isGlobal() {
    var spec =
        Specs.of(
            DREAM_BASE, "gsm8k", "max_new_tokens=256", "steps=256", "alg=confidence_threshold");
    assertThat(spec.getBlockLength()).isEqualTo(256);
    assertThat(spec.getThreshold().getThreshold()).isEqualTo(0.9);
    assertThat(spec.getThreshold().getSteps()).isEqualTo(256);
  }

  @Test
  void of_dreamWithCache_decodesBlocks() {
    var spec = Specs.of(DREAM_BASE, "gsm8k", "use_cache=true", "alg=confidence_threshold");
    assertThat(spec.getBlockLength()).isEqualTo(32);
    assertThat(spec.getThreshold().hasSteps()).isFalse();
    assertThat(spec.hasPrefixCache()).isTrue();
  }

  @Test
  void of_dreamsOtherAlgorithms_runInDiffusionTime() {
    var entropy = Specs.of(DREAM_BASE, "gsm8k", "diffusion_steps=64", "alg_temp=0.2");
    assertThat(entropy.getFixedSchedule().getTime().getSteps()).isEqualTo(64);
    assertThat(entropy.getFixedSchedule().getAlgTemp()).isEqualTo(0.2);
    assertThat(entropy.getConfidence()).isEqualTo(Confidence.CONFIDENCE_NEGATIVE_ENTROPY);
    var origin = Specs.of(DREAM_BASE, "gsm8k", "alg=origin", "steps=64");
    assertThat(origin.getOrigin().getSteps()).isEqualTo(64);
  }

  @Test
  void of_dllmCachesScript_isItsCache() {
    var spec =
        Specs.of(
            LLADA_INST,
            "gsm8k",
            "prompt_interval_steps=25",
            "gen_interval_steps=5",
            "cfg_interval_steps=2",
            "cfg_scale=0.5",
            "transfer_ratio=0.3");
    assertThat(spec.getDllmCache().getKp()).isEqualTo(25);
    assertThat(spec.getDllmCache().getKr()).isEqualTo(5);
    assertThat(spec.getDllmCache().getRou()).isEqualTo(0.3);
    assertThat(spec.getGuidance().getScale()).isEqualTo(0.5);
    assertThat(spec.getGuidance().getInterval()).isEqualTo(2);
    assertThat(spec.getCompatibility()).isEqualTo(Compatibility.COMPATIBILITY_UNMASK);
  }

  @ParameterizedTest
  @CsvSource({
    "LLADA_INST, dual_cache=true, seed=1, dual_cache=true has no meaning without use_cache=true",
    "LLADA_INST, alg=entropy, seed=1, alg has no meaning with a LLaDA model",
    "DREAM_BASE, factor=1, seed=1, factor has no meaning with a Dream model",
    "DREAM_BASE, threshold=0.9, seed=1, threshold has no meaning with alg=entropy",
    "LLADA_INST, threshold=0.9, factor=1, threshold and factor",
    "LLADA_INST, gen_length=64, max_new_tokens=64, mean the same",
    "LLADA_INST, use_cache=true, transfer_ratio=0.2, give one",
    "LLADA_INST, cfg_interval_steps=4, seed=1, without a cfg_scale",
  })
  void of_settingsThatDoNotFit_areRefused(
      ModelKind kind, String first, String second, String reason) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Specs.of(kind, "gsm8k", first, second))
        .withMessageContaining(reason);
  }
}
