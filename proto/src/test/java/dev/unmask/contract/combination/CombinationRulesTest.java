package dev.unmask.contract.combination;

import static dev.unmask.contract.rules.Samples.DREAM;
import static dev.unmask.contract.rules.Samples.LLADA;
import static dev.unmask.contract.rules.Samples.ofText;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.contract.Violation;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CombinationRulesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "threshold {}",
        "factor {}",
        "klass {}",
        "left_to_right { threshold: 0.5 }",
      })
  void randomConfidence_besideABoundOnIt_isRefused(String policy) throws Exception {
    assertThat(ofText(LLADA, policy + " confidence: CONFIDENCE_RANDOM"))
        .singleElement()
        .satisfies(violation -> {
          assertThat(violation.field()).isEqualTo("spec.confidence");
          assertThat(violation.description())
              .startsWith("must not be CONFIDENCE_RANDOM with ")
              .endsWith(": a bound on a random number says nothing about its token");
        });
  }

  static Stream<String> ofProbabilitiesOnly() {
    return Stream.of("wino {} no_cache {}", "pc_sampler {}", "origin {}")
        .flatMap(policy ->
            Stream.of("MARGIN", "NEGATIVE_ENTROPY", "RANDOM")
                .map(confidence -> policy + " confidence: CONFIDENCE_" + confidence));
  }

  @ParameterizedTest
  @MethodSource("ofProbabilitiesOnly")
  void confidence_besideAPolicyThatKnowsProbabilitiesOnly_isRefused(String spec) throws Exception {
    assertThat(ofText(LLADA, spec))
        .singleElement()
        .satisfies(violation -> {
          assertThat(violation.field()).isEqualTo("spec.confidence");
          assertThat(violation.description())
              .startsWith(
                  "must be CONFIDENCE_MAX_PROBABILITY with "
                      + spec.substring(0, spec.indexOf(' '))
                      + ": ");
        });
  }

  @Test
  void algTemp_besideRandomConfidence_isRefused() throws Exception {
    assertThat(ofText(DREAM, "fixed_schedule { alg_temp: 1 } confidence: CONFIDENCE_RANDOM"))
        .extracting(Violation::field)
        .containsExactly("spec.fixed_schedule.alg_temp");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''               | dual_cache (the default)",
        "prefix_cache {}  | prefix_cache",
        "dual_cache {}    | dual_cache",
        "dllm_cache {}    | dllm_cache",
        "d2_cache {}      | d2_cache",
        "sparse_dllm {}   | sparse_dllm"
      })
  void wino_withAnyCache_isRefusedAndToldToSetNone(String cache, String named) throws Exception {
    assertThat(ofText(LLADA, "wino {} " + cache))
        .containsExactly(
            new Violation(
                "spec.wino",
                "does not fit "
                    + named
                    + ": a step that looks at its block again computes every row; set no_cache"));
  }

  @Test
  void wino_withGuidance_isRefused() throws Exception {
    assertThat(ofText(LLADA, "wino {} no_cache {} guidance { scale: 1 }"))
        .extracting(Violation::field)
        .containsExactly("spec.guidance");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''               | dual_cache (the default)",
        "prefix_cache {}  | prefix_cache",
        "dual_cache {}    | dual_cache",
        "d2_cache {}      | d2_cache",
        "sparse_dllm {}   | sparse_dllm"
      })
  void guidance_withACacheItIsNotDefinedFor_isRefusedAndToldWhatToSet(String cache, String named)
      throws Exception {
    assertThat(ofText(LLADA, "guidance { scale: 1 } " + cache))
        .containsExactly(
            new Violation(
                "spec.guidance",
                "does not fit "
                    + named
                    + ": guidance is defined without a cache and with dLLM-Cache; set no_cache or"
                    + " dllm_cache"));
  }

  @Test
  void guidanceInterval_withoutDllmCache_isRefused() throws Exception {
    assertThat(ofText(LLADA, "guidance { scale: 1 interval: 2 } no_cache {}"))
        .containsExactly(
            new Violation(
                "spec.guidance.interval",
                "must be 1 with no_cache: only dLLM-Cache uses a step's difference again; set"
                    + " dllm_cache"));
    assertThat(ofText(LLADA, "guidance { scale: 1 interval: 2 }"))
        .extracting(Violation::field)
        .containsExactly("spec.guidance", "spec.guidance.interval");
  }

  @Test
  void promptInterval_whereAnOriginalIsFollowed_isRefusedAndToldWhy() throws Exception {
    var frozen = "dual_cache { prompt_interval_steps: 50 } compatibility: COMPATIBILITY_D2CACHE";
    assertThat(ofText(LLADA, frozen))
        .containsExactly(
            new Violation(
                "spec.dual_cache.prompt_interval_steps",
                "does not fit COMPATIBILITY_D2CACHE: its original computes the prompt at every"
                    + " block start; leave it out, or set COMPATIBILITY_UNMASK"));
  }

  static Stream<String> accepted() {
    var policies =
        List.of(
            "fixed_schedule {}",
            "fixed_schedule { alg_temp: 0.5 } confidence: CONFIDENCE_NEGATIVE_ENTROPY",
            "fixed_schedule {} confidence: CONFIDENCE_RANDOM",
            "threshold {} confidence: CONFIDENCE_MARGIN",
            "factor {}",
            "entropy_bound {}",
            "entropy_bound {} confidence: CONFIDENCE_RANDOM",
            "klass {} confidence: CONFIDENCE_MARGIN",
            "pc_sampler { debias: false } confidence: CONFIDENCE_MAX_PROBABILITY",
            "left_to_right { threshold: 0.5 } confidence: CONFIDENCE_MARGIN",
            "left_to_right {} confidence: CONFIDENCE_RANDOM",
            "origin {} confidence: CONFIDENCE_MAX_PROBABILITY");
    var caches =
        List.of(
            "no_cache {}",
            "no_cache {} guidance { scale: 0.5 interval: 1 }",
            "dual_cache {} logits_eos_inf: true",
            "dual_cache { prompt_interval_steps: 50 }",
            "prefix_cache { prompt_interval_steps: 4096 }",
            "prefix_cache {} confidence_eos_eot_inf: true",
            "dllm_cache {} guidance { scale: 0.5 interval: 7 }",
            "d2_cache { mode: D2_CACHE_MODE_PAPER }",
            "sparse_dllm {}",
            "sparse_dllm { prompt_interval_steps: 50 }");
    return Stream.concat(
        Stream.of("wino {} no_cache {} logits_eos_inf: true"),
        policies.stream().flatMap(policy -> caches.stream().map(cache -> policy + " " + cache)));
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void combination_thatFits_isAcceptedForEveryFamily(String spec) throws Exception {
    assertThat(ofText(LLADA, spec)).isEmpty();
    assertThat(ofText(DREAM, spec)).isEmpty();
  }
}
