package dev.unmask.contract.combination;

import static dev.unmask.contract.rules.Samples.DREAM;
import static dev.unmask.contract.rules.Samples.LLADA;
import static dev.unmask.contract.rules.Samples.ofText;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class D2CacheRulesTest {
  private static final String D2CACHE = " compatibility: COMPATIBILITY_D2CACHE";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "origin                   | origin {}",
        "sparse_dllm              | sparse_dllm {}",
        "fixed_schedule.alg_temp  | fixed_schedule { alg_temp: 1 }",
        "guidance                 | guidance { scale: 1 } dllm_cache {}",
        "prefix_cache.prompt_interval_steps | prefix_cache { prompt_interval_steps: 2 }",
        "dual_cache.prompt_interval_steps | dual_cache { prompt_interval_steps: 4096 }",
        "logits_eos_inf           | logits_eos_inf: true",
        "confidence_eos_eot_inf   | confidence_eos_eot_inf: true"
      })
  void combination_d2CacheDoesNotKnow_isRefusedThereAndFineElsewhere(String field, String spec)
      throws Exception {
    assertThat(ofText(LLADA, spec + D2CACHE))
        .singleElement()
        .satisfies(violation -> {
          assertThat(violation.field()).isEqualTo("spec." + field);
          assertThat(violation.description()).startsWith("does not fit COMPATIBILITY_D2CACHE: ");
        });
    assertThat(ofText(LLADA, spec)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " { min_tokens_per_step: 2 }"})
  void prior_ofLeftToRight_isRefused(String parameters) throws Exception {
    var policy = "left_to_right " + (parameters.isEmpty() ? "{}" : parameters);
    assertThat(ofText(LLADA, policy + " certainty_prior_sigma: 10" + D2CACHE))
        .singleElement()
        .satisfies(violation ->
            assertThat(violation.description())
                .isEqualTo("does not fit COMPATIBILITY_D2CACHE: d2Cache's ar has no prior"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "fixed_schedule { tokens_per_step: 2 } confidence: CONFIDENCE_RANDOM",
        "fixed_schedule { time { steps: 32 } }",
        "entropy_bound {} prefix_cache {}",
        "dual_cache { prompt_interval_steps: 1 }",
        "klass {} dllm_cache {}",
        "wino {} no_cache {}",
        "pc_sampler {}",
        "left_to_right { threshold: 0.9 } d2_cache {}",
        "threshold {} d2_cache { inflate_w: 4 mode: D2_CACHE_MODE_PAPER }",
        "factor {} d2_cache {} certainty_prior_sigma: 10"
      })
  void combination_d2CacheKnows_isAccepted(String spec) throws Exception {
    assertThat(ofText(LLADA, spec + D2CACHE)).isEmpty();
    assertThat(ofText(DREAM, spec + D2CACHE)).isEmpty();
  }
}
