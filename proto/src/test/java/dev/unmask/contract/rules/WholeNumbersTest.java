package dev.unmask.contract.rules;

import static dev.unmask.contract.rules.Samples.LLADA;
import static dev.unmask.contract.rules.Samples.VOCABULARY;
import static dev.unmask.contract.rules.Samples.ofSpec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.DllmCache;
import dev.unmask.type.v1.Guidance;
import dev.unmask.type.v1.Model;
import dev.unmask.type.v1.NoCache;
import java.util.Collections;
import java.util.function.ObjIntConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole numbers of a spec, at their bounds and one beyond. */
class WholeNumbersTest {
  private static final Model WIDE = LLADA.toBuilder().setContextLength(1 << 20).build();

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
        whole("stop", (s, n) -> s.addAllStop(Collections.nCopies(Math.max(n, 0), "x")), 0, 16),
        whole(
            "entropy_bound.min_tokens_per_step",
            (s, n) -> s.getEntropyBoundBuilder().setMinTokensPerStep(n),
            1,
            32),
        whole(
            "klass.kl_history_length", (s, n) -> s.getKlassBuilder().setKlHistoryLength(n), 1, 16),
        whole(
            "klass.min_tokens_per_step",
            (s, n) -> s.getKlassBuilder().setMinTokensPerStep(n),
            1,
            32),
        whole(
            "wino.min_tokens_per_step",
            (s, n) ->
                s.setNoCache(NoCache.getDefaultInstance()).getWinoBuilder().setMinTokensPerStep(n),
            1,
            32),
        whole(
            "pc_sampler.tokens_per_step",
            (s, n) -> s.getPcSamplerBuilder().setTokensPerStep(n),
            1,
            32),
        whole(
            "left_to_right.min_tokens_per_step",
            (s, n) -> s.getLeftToRightBuilder().setMinTokensPerStep(n),
            1,
            32),
        whole("origin.steps", (s, n) -> s.getOriginBuilder().setSteps(n), 4, 128),
        whole(
            "prefix_cache.prompt_interval_steps",
            (s, n) -> s.getPrefixCacheBuilder().setPromptIntervalSteps(n),
            1,
            4096),
        whole(
            "dual_cache.prompt_interval_steps",
            (s, n) -> s.getDualCacheBuilder().setPromptIntervalSteps(n),
            1,
            4096),
        whole("dllm_cache.kp", (s, n) -> s.getDllmCacheBuilder().setKp(n), 1, 4096),
        whole("dllm_cache.kr", (s, n) -> s.getDllmCacheBuilder().setKr(n), 1, 4096),
        whole("d2_cache.current_k", (s, n) -> s.getD2CacheBuilder().setCurrentK(n), 1, 4096),
        whole("d2_cache.inflate_w", (s, n) -> s.getD2CacheBuilder().setInflateW(n), 0, 4096),
        whole(
            "sparse_dllm.kernel_size", (s, n) -> s.getSparseDllmBuilder().setKernelSize(n), 1, 63),
        whole(
            "sparse_dllm.prompt_interval_steps",
            (s, n) -> s.getSparseDllmBuilder().setPromptIntervalSteps(n),
            1,
            4096),
        whole("sparse_dllm.delay", (s, n) -> s.getSparseDllmBuilder().setDelay(n), 0, 64),
        whole(
            "guidance.interval",
            (s, n) -> guided(s.setDllmCache(DllmCache.getDefaultInstance())).setInterval(n),
            1,
            4096));
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

  private static Guidance.Builder guided(DecodingSpec.Builder spec) {
    return spec.getGuidanceBuilder().setScale(1);
  }

  private static Arguments whole(
      String field, ObjIntConsumer<DecodingSpec.Builder> set, int least, int most) {
    return Arguments.of(field, set, least, most);
  }
}
