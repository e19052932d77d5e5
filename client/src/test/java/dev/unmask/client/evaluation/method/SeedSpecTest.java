package dev.unmask.client.evaluation.method;

import static dev.unmask.client.evaluation.settings.ModelKind.DREAM_BASE;
import static dev.unmask.client.evaluation.settings.ModelKind.DREAM_INST;
import static dev.unmask.client.evaluation.settings.ModelKind.LLADA_1_5;
import static dev.unmask.client.evaluation.settings.ModelKind.LLADA_BASE;
import static dev.unmask.client.evaluation.settings.ModelKind.LLADA_INST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.protobuf.TextFormat;
import dev.unmask.client.evaluation.settings.ModelKind;
import dev.unmask.type.v1.Compatibility;
import dev.unmask.type.v1.Confidence;
import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.EndOfSequenceRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeedSpecTest {
  @Test
  void of_nothing_isD2CachesVanilla() throws TextFormat.ParseException {
    var expected =
        TextFormat.parse(
            """
            generation_length: 256
            block_length: 32
            fixed_schedule { tokens_per_step: 1 }
            no_cache {}
            sampling {}
            end_of_sequence_rule: END_OF_SEQUENCE_RULE_DECODE_ALL
            compatibility: COMPATIBILITY_D2CACHE
            """,
            DecodingSpec.class);
    assertThat(Specs.of(LLADA_INST, "gsm8k")).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "LLADA_INST, gsm8k, null, 256, 32",
    "LLADA_BASE, gsm8k, null, 256, 256",
    "LLADA_1_5, humaneval, null, 512, 512",
    "LLADA_BASE, mbpp, prefix, 512, 32",
    "DREAM_INST, math-500, d2cache, 256, 256",
    "LLADA_INST, longbench_hotpotqa, dllm, 512, 32",
    "LLADA_INST, arithmetic, d2cache, 128, 128",
    "DREAM_INST, lists, null, 128, 32",
  })
  void of_taskModelAndCache_areD2CachesLengths(
      ModelKind kind, String task, String cache, int generation, int block) {
    var spec = Specs.of(kind, task, "cache=" + cache);
    assertThat(spec.getGenerationLength()).isEqualTo(generation);
    assertThat(spec.getBlockLength()).isEqualTo(block);
  }

  @ParameterizedTest
  @CsvSource({
    "LLADA_BASE, gsm8k, 25, 5",
    "DREAM_INST, gsm8k_cot, 25, 2",
    "DREAM_BASE, humaneval, 5, 1",
    "LLADA_INST, math-500, 50, 1",
    "LLADA_INST, mbpp, 100, 5",
    "DREAM_BASE, gpqa_main_generative_n_shot, 100, 8",
    "DREAM_INST, mmlu_pro, 5, 1",
    "LLADA_1_5, gsm8k, 50, 4",
    "DREAM_INST, lookup, 50, 4",
  })
  void of_dllm_takesTheTablesIntervals(ModelKind kind, String task, int kp, int kr) {
    var cache = Specs.of(kind, task, "cache=dllm").getDllmCache();
    assertThat(cache.getKp()).isEqualTo(kp);
    assertThat(cache.getKr()).isEqualTo(kr);
    assertThat(cache.hasRou()).isFalse();
  }

  @Test
  void of_oneIntervalGiven_keepsTheTablesOther() {
    var cache = Specs.of(LLADA_INST, "gsm8k", "cache=dllm", "cache.kr=-1").getDllmCache();
    assertThat(cache.getKp()).isEqualTo(50);
    assertThat(cache.getKr()).isEqualTo(1);
  }

  @Test
  void of_frozenPrompt_isOfEveryBlockCache() {
    var prefix = Specs.of(LLADA_INST, "gsm8k", "cache=prefix", "cache.prompt_interval_steps=50");
    assertThat(prefix.getPrefixCache().getPromptIntervalSteps()).isEqualTo(50);
    var dual =
        Specs.of(
            LLADA_INST,
            "gsm8k",
            "cache=prefix",
            "cache.use_dual=true",
            "cache.prompt_interval_steps=-1");
    assertThat(dual.getDualCache().getPromptIntervalSteps()).isEqualTo(1);
    var sparse = Specs.of(LLADA_INST, "gsm8k", "cache=sparse", "cache.prompt_interval_steps=9");
    assertThat(sparse.getSparseDllm().getPromptIntervalSteps()).isEqualTo(9);
    assertThat(
            Specs.of(LLADA_INST, "gsm8k", "cache=prefix").getPrefixCache().hasPromptIntervalSteps())
        .isFalse();
  }

  @Test
  void of_d2cache_hasItsPriorUnlessSwitchedOff() {
    assertThat(Specs.of(LLADA_INST, "gsm8k", "cache=d2cache").getCertaintyPriorSigma())
        .isEqualTo(10);
    var parallel =
        Specs.of(
            LLADA_INST,
            "gsm8k",
            "cache=d2cache",
            "cache.inflate_w=4",
            "generation.sigma=0",
            "generation.threshold=0.9",
            "generation.block_length=32");
    assertThat(parallel.hasCertaintyPriorSigma()).isFalse();
    assertThat(parallel.getD2Cache().getInflateW()).isEqualTo(4);
    assertThat(parallel.getBlockLength()).isEqualTo(32);
  }

  @Test
  void of_valueEqualToTheGroupsDefault_stillWins() {
    assertThat(Specs.of(DREAM_INST, "gsm8k").getSampling().getTopP()).isEqualTo(0.9);
    assertThat(Specs.of(DREAM_INST, "gsm8k", "generation.top_p=null").getSampling().hasTopP())
        .isFalse();
  }

  @Test
  void of_shorterGeneration_hasABlockThatFits() {
    var base = Specs.of(LLADA_BASE, "gsm8k", "generation.gen_length=64");
    assertThat(base.getBlockLength()).isEqualTo(64);
    var instruct = Specs.of(LLADA_INST, "gsm8k", "generation.gen_length=16");
    assertThat(instruct.getBlockLength()).isEqualTo(16);
  }

  @Test
  void of_everyStrategy_isItsPolicy() {
    assertThat(Specs.of(LLADA_INST, "gsm8k", "generation=ar").hasLeftToRight()).isTrue();
    assertThat(
            Specs.of(LLADA_INST, "gsm8k", "generation=eb_sampler", "generation.gamma=0.1")
                .getEntropyBound()
                .getGamma())
        .isEqualTo(0.1);
    assertThat(
            Specs.of(LLADA_INST, "gsm8k", "generation=klass", "generation.kl_history_length=3")
                .getKlass()
                .getKlHistoryLength())
        .isEqualTo(3);
    assertThat(
            Specs.of(LLADA_INST, "gsm8k", "generation=pc_sampler", "generation.debias=false")
                .getPcSampler()
                .getDebias())
        .isFalse();
    assertThat(
            Specs.of(LLADA_INST, "gsm8k", "generation=wino", "generation.wide_in_thres=0.6")
                .getWino()
                .getWideInThres())
        .isEqualTo(0.6);
  }

  @Test
  void of_klassWithoutThreshold_isVanillaOnlyWhenNullIsSaid() {
    assertThat(Specs.of(LLADA_INST, "gsm8k", "generation=klass").hasKlass()).isTrue();
    assertThat(
            Specs.of(LLADA_INST, "gsm8k", "generation=klass", "generation.threshold=null")
                .hasFixedSchedule())
        .isTrue();
  }

  @Test
  void of_parallelSettings_areTheirPolicies() {
    var threshold =
        Specs.of(
            LLADA_INST,
            "gsm8k",
            "generation.threshold=0.8",
            "generation.num_transfer_tokens=2",
            "generation.alg=topk_margin",
            "generation.stop_until_eos=true",
            "cache=prefix",
            "cache.use_dual=true");
    assertThat(threshold.getThreshold().getThreshold()).isEqualTo(0.8);
    assertThat(threshold.getThreshold().getMinTokensPerStep()).isEqualTo(2);
    assertThat(threshold.getConfidence()).isEqualTo(Confidence.CONFIDENCE_MARGIN);
    assertThat(threshold.getEndOfSequenceRule())
        .isEqualTo(EndOfSequenceRule.END_OF_SEQUENCE_RULE_STOP);
    assertThat(threshold.hasDualCache()).isTrue();
    assertThat(Specs.of(DREAM_BASE, "gsm8k", "generation.factor=1").hasFactor()).isTrue();
  }

  @Test
  void of_thresholdAndFactor_areRefusedTogether() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Specs.of(LLADA_1_5, "mbpp", "generation.threshold=0.9", "generation.factor=1"))
        .withMessageContaining("give one of them");
  }

  @Test
  void of_sparse_plansAsSparseDllmDoes() {
    var llada = Specs.of(LLADA_INST, "gsm8k", "cache=sparse", "cache.keep_ratio=0.3");
    assertThat(llada.getCompatibility()).isEqualTo(Compatibility.COMPATIBILITY_SPARSE_DLLM);
    assertThat(llada.getFixedSchedule().getSteps()).isEqualTo(256);
    assertThat(llada.getSparseDllm().getKeepRatio()).isEqualTo(0.3);
    var dream = Specs.of(DREAM_INST, "gsm8k", "cache=sparse");
    assertThat(dream.getFixedSchedule().getTime().getSteps()).isEqualTo(256);
    var ours = Specs.of(LLADA_INST, "gsm8k", "cache=sparse", "compatibility=unmask");
    assertThat(ours.getFixedSchedule().getTokensPerStep()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "generation=wino, generation.threshold=0.9, generation=wino",
    "generation=vanilla, generation.gamma=0.1, generation=vanilla",
    "cache=prefix, cache.kp=10, cache=prefix",
    "cache=null, cache.use_dual=true, cache=null",
    "cache=dllm, cache.prompt_interval_steps=9, cache=dllm",
    "generation=ar, generation.sigma=10, generation=ar",
  })
  void of_settingNothingReads_isRefused(String choice, String setting, String reason) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Specs.of(LLADA_INST, "gsm8k", choice, setting))
        .withMessage(setting.substring(0, setting.indexOf('=')) + " has no meaning with " + reason);
  }
}
