package dev.unmask.contract.rules;

import static dev.unmask.contract.rules.Samples.LLADA;
import static dev.unmask.contract.rules.Samples.ofText;
import static dev.unmask.contract.rules.Samples.one;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PriorRulesTest {
  private static final String FIELD = "spec.certainty_prior_sigma";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                                      | threshold (the default): a thr",
        "threshold {}                                            | threshold: a threshold on a",
        "factor {}                                               | factor: a threshold on a",
        "entropy_bound {}                                        | entropy_bound: a threshold",
        "klass {}                                                | klass: a threshold on a",
        "wino {} no_cache {}                                     | wino: a threshold on a",
        "pc_sampler {}                                           | pc_sampler: a threshold on a",
        "left_to_right { threshold: 0.5 }                        | left_to_right: a threshold on a",
        "origin {}                                               | origin: its coins ignore every",
        "entropy_bound {} compatibility: COMPATIBILITY_D2CACHE   | entropy_bound: a threshold on a",
        "klass {} compatibility: COMPATIBILITY_D2CACHE           | klass: a threshold on a",
        "fixed_schedule {} confidence: CONFIDENCE_NEGATIVE_ENTROPY | scores are negative",
        "fixed_schedule {} confidence: CONFIDENCE_RANDOM         | a random number has no"
      })
  void prior_besideWhatADensitySpoils_isRefusedWithTheReason(String spec, String reason)
      throws Exception {
    assertThat(ofText(LLADA, "certainty_prior_sigma: 10 " + spec))
        .singleElement()
        .satisfies(violation -> {
          assertThat(violation.field()).isEqualTo(FIELD);
          assertThat(violation.description()).startsWith("must be absent with ").contains(reason);
        });
  }

  @Test
  void prior_withTheDefaultPolicy_saysWhatToChoose() throws Exception {
    assertThat(ofText(LLADA, "certainty_prior_sigma: 10"))
        .isEqualTo(
            one(
                FIELD,
                "must be absent with threshold (the default): a threshold on a density-weighted"
                    + " score is no longer one on a probability; set fixed_schedule"));
  }

  @Test
  void prior_spoiltTwice_saysBothInOne() throws Exception {
    var spec = "certainty_prior_sigma: 10 confidence: CONFIDENCE_NEGATIVE_ENTROPY";
    assertThat(ofText(LLADA, spec))
        .singleElement()
        .satisfies(violation ->
            assertThat(violation.description())
                .contains("scores are negative")
                .contains("; with threshold (the default): "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fixed_schedule {}",
        "fixed_schedule { alg_temp: 0.5 }",
        "fixed_schedule {} confidence: CONFIDENCE_MARGIN",
        "fixed_schedule {} d2_cache {}",
        "left_to_right {}",
        "compatibility: COMPATIBILITY_D2CACHE",
        "threshold {} compatibility: COMPATIBILITY_D2CACHE",
        "factor {} compatibility: COMPATIBILITY_D2CACHE",
        "fixed_schedule {} d2_cache {} compatibility: COMPATIBILITY_D2CACHE"
      })
  void prior_whereOnlyTheOrderCountsOrAsPublished_isAccepted(String spec) throws Exception {
    assertThat(ofText(LLADA, "certainty_prior_sigma: 10 " + spec)).isEmpty();
  }
}
