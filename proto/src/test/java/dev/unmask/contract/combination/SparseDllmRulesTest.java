package dev.unmask.contract.combination;

import static dev.unmask.contract.rules.Samples.DREAM;
import static dev.unmask.contract.rules.Samples.LLADA;
import static dev.unmask.contract.rules.Samples.ofText;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.contract.Violation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SparseDllmRulesTest {
  private static final String SPARSE = " compatibility: COMPATIBILITY_SPARSE_DLLM";
  private static final String CACHE = " sparse_dllm {}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cache                      | fixed_schedule {}",
        "no_cache                   | fixed_schedule {} no_cache {}",
        "prefix_cache               | fixed_schedule {} prefix_cache {}",
        "dual_cache                 | fixed_schedule {} dual_cache {}",
        "dllm_cache                 | fixed_schedule {} dllm_cache {}",
        "d2_cache                   | fixed_schedule {} d2_cache {}",
        "unmask                     | sparse_dllm {}",
        "threshold                  | sparse_dllm {} threshold {}",
        "factor                     | sparse_dllm {} factor {}",
        "entropy_bound              | sparse_dllm {} entropy_bound {}",
        "klass                      | sparse_dllm {} klass {}",
        "pc_sampler                 | sparse_dllm {} pc_sampler {}",
        "left_to_right              | sparse_dllm {} left_to_right {}",
        "origin                     | sparse_dllm {} origin {}",
        "certainty_prior_sigma      | sparse_dllm {} fixed_schedule {} certainty_prior_sigma: 10",
        "logits_eos_inf             | sparse_dllm {} fixed_schedule {} logits_eos_inf: true",
        "confidence_eos_eot_inf     | sparse_dllm {} fixed_schedule {} confidence_eos_eot_inf: true",
        "sparse_dllm.prompt_interval_steps | sparse_dllm { prompt_interval_steps: 2 } fixed_schedule {}",
        "fixed_schedule.tokens_per_step | sparse_dllm {} fixed_schedule { tokens_per_step: 1 }",
        "fixed_schedule.time        | sparse_dllm {} fixed_schedule { time { steps: 32 } }",
        "fixed_schedule.alg_temp    | sparse_dllm {} fixed_schedule { alg_temp: 1 }",
        "confidence                 | sparse_dllm {} fixed_schedule {} confidence: CONFIDENCE_MARGIN"
      })
  void combination_llada_isRefusedThereAndFineElsewhere(String field, String spec)
      throws Exception {
    refusesOne(ofText(LLADA, spec + SPARSE), field);
    assertThat(ofText(LLADA, spec)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fixed_schedule                 | fixed_schedule {}",
        "fixed_schedule                 | fixed_schedule { steps: 128 }",
        "fixed_schedule.tokens_per_step | fixed_schedule { tokens_per_step: 1 }",
        "fixed_schedule.time.steps      | fixed_schedule { time { steps: 4 } }",
        "confidence | fixed_schedule { time { steps: 32 } } confidence: CONFIDENCE_RANDOM"
      })
  void combination_dream_isRefusedThereAndFineElsewhere(String field, String spec)
      throws Exception {
    refusesOne(ofText(DREAM, spec + CACHE + SPARSE), field);
    assertThat(ofText(DREAM, spec + CACHE)).isEmpty();
  }

  @Test
  void guidance_always_isRefused() throws Exception {
    assertThat(ofText(LLADA, "fixed_schedule {} guidance { scale: 1 }" + CACHE + SPARSE))
        .extracting(Violation::field)
        .containsExactly("spec.guidance", "spec.guidance");
  }

  @Test
  void cache_unset_saysWhatItIsAndWhatToSet() throws Exception {
    assertThat(ofText(LLADA, "fixed_schedule {}" + SPARSE))
        .containsExactly(
            new Violation(
                "spec.cache",
                "does not fit COMPATIBILITY_SPARSE_DLLM: Sparse-dLLM decodes with its own cache,"
                    + " not with dual_cache (the default); set sparse_dllm"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fixed_schedule {}",
        "fixed_schedule { steps: 4 }",
        "fixed_schedule { steps: 128 } confidence: CONFIDENCE_RANDOM"
      })
  void schedule_ofLlada_isAccepted(String spec) throws Exception {
    assertThat(ofText(LLADA, spec + CACHE + SPARSE)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fixed_schedule { time { steps: 8 } }",
        "fixed_schedule { time { steps: 128 } } confidence: CONFIDENCE_NEGATIVE_ENTROPY",
        "fixed_schedule { time { steps: 32 } alg_temp: 0.5 } confidence: CONFIDENCE_MARGIN"
      })
  void schedule_ofDream_isAccepted(String spec) throws Exception {
    assertThat(ofText(DREAM, spec + CACHE + SPARSE)).isEmpty();
  }

  private static void refusesOne(List<Violation> violations, String field) {
    assertThat(violations)
        .singleElement()
        .satisfies(violation -> {
          assertThat(violation.field()).isEqualTo("spec." + field);
          assertThat(violation.description())
              .startsWith("does not fit COMPATIBILITY_SPARSE_DLLM: ");
        });
  }
}
