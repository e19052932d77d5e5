package dev.unmask.contract.combination;

import static dev.unmask.contract.rules.Samples.DREAM;
import static dev.unmask.contract.rules.Samples.LLADA;
import static dev.unmask.contract.rules.Samples.ofText;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.contract.Violation;
import dev.unmask.type.v1.Model;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FastDllmRulesTest {
  private static final String FAST_DLLM = " compatibility: COMPATIBILITY_FAST_DLLM";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "certainty_prior_sigma           | fixed_schedule {} certainty_prior_sigma: 1",
        "fixed_schedule.tokens_per_step  | fixed_schedule { tokens_per_step: 2 }",
        "fixed_schedule.time             | fixed_schedule { time { steps: 128 } }",
        "fixed_schedule.alg_temp         | fixed_schedule { alg_temp: 1 }",
        "threshold.min_tokens_per_step   | threshold { min_tokens_per_step: 2 }",
        "factor.min_tokens_per_step      | factor { min_tokens_per_step: 2 }",
        "confidence                      | fixed_schedule {} confidence: CONFIDENCE_MARGIN",
        "confidence                      | fixed_schedule {} confidence: CONFIDENCE_NEGATIVE_ENTROPY",
        "confidence                      | confidence: CONFIDENCE_MARGIN",
        "confidence                      | factor {} confidence: CONFIDENCE_MARGIN",
        "entropy_bound                   | entropy_bound {}",
        "klass                           | klass {}",
        "wino                            | wino {} no_cache {}",
        "pc_sampler                      | pc_sampler {}",
        "left_to_right                   | left_to_right {}",
        "origin                          | origin {}",
        "d2_cache                        | d2_cache {}",
        "sparse_dllm                     | sparse_dllm {}",
        "guidance                        | guidance { scale: 1 } no_cache {}",
        "prefix_cache.prompt_interval_steps | prefix_cache { prompt_interval_steps: 2 }",
        "dual_cache.prompt_interval_steps | dual_cache { prompt_interval_steps: 4096 }",
        "logits_eos_inf                  | logits_eos_inf: true",
        "confidence_eos_eot_inf          | confidence_eos_eot_inf: true"
      })
  void combination_ofLlada_isRefusedThereAndFineElsewhere(String field, String spec)
      throws Exception {
    refusesThereOnly(LLADA, field, spec);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "factor                     | factor { factor: 1 }",
        "fixed_schedule             | fixed_schedule {}",
        "fixed_schedule             | fixed_schedule { steps: 128 }",
        "fixed_schedule.time.steps  | fixed_schedule { time { steps: 4 } }",
        "confidence                 | confidence: CONFIDENCE_MARGIN",
        "confidence      | fixed_schedule { time { steps: 8 } } confidence: CONFIDENCE_RANDOM",
        "block_length               | no_cache {}",
        "block_length               | dllm_cache {}",
        "klass                      | klass {}",
        "origin                     | origin {}",
        "d2_cache                   | d2_cache {}",
        "sparse_dllm                | sparse_dllm {}"
      })
  void combination_ofDream_isRefusedThereAndFineElsewhere(String field, String spec)
      throws Exception {
    refusesThereOnly(DREAM, field, spec);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "fixed_schedule {}",
        "fixed_schedule { steps: 128 }",
        "fixed_schedule { steps: 128 } confidence: CONFIDENCE_RANDOM",
        "factor { factor: 1 }",
        "no_cache {}",
        "dllm_cache {}",
        "prefix_cache {}"
      })
  void combination_itsLladaDecoderKnows_isAccepted(String spec) throws Exception {
    assertThat(ofText(LLADA, spec + FAST_DLLM)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "prefix_cache {}",
        "fixed_schedule { time { steps: 8 } }",
        "fixed_schedule { time { steps: 8 } alg_temp: 0.5 }",
        "block_length: 128 no_cache {}",
        "block_length: 128 dllm_cache {}",
        "block_length: 128 no_cache {} threshold { steps: 16 }",
        "block_length: 128 dllm_cache {} threshold { steps: 16 }",
        "block_length: 128 no_cache {} fixed_schedule { time { steps: 1 } alg_temp: 0.5 }"
            + " confidence: CONFIDENCE_MARGIN"
      })
  void combination_itsDreamDecodersKnow_isAccepted(String spec) throws Exception {
    assertThat(ofText(DREAM, spec + FAST_DLLM)).isEmpty();
  }

  private static void refusesThereOnly(Model model, String field, String spec) throws Exception {
    assertThat(ofText(model, spec + FAST_DLLM))
        .singleElement()
        .satisfies(violation -> {
          assertThat(violation.field()).isEqualTo("spec." + field);
          assertThat(violation.description()).startsWith("does not fit COMPATIBILITY_FAST_DLLM: ");
        });
    assertThat(ofText(model, spec)).extracting(Violation::field).isEmpty();
  }
}
