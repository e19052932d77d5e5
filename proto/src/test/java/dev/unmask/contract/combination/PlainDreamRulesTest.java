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

class PlainDreamRulesTest {
  private static final String PLAIN =
      "compatibility: COMPATIBILITY_FAST_DLLM no_cache {} block_length: 128 ";

  @Test
  void thresholdSteps_elsewhere_areRefusedNamingWhatIsMissing() throws Exception {
    assertThat(ofText(LLADA, "threshold { steps: 16 }"))
        .containsExactly(
            new Violation(
                "spec.threshold.steps",
                "belongs to Fast-dLLM's Dream decoder without a cache; missing: compatibility"
                    + " COMPATIBILITY_FAST_DLLM, no_cache or dllm_cache, block_length equal to"
                    + " generation_length, a Dream model"));
  }

  @Test
  void thresholdSteps_missingOneCondition_nameThatOneOnly() throws Exception {
    assertThat(ofText(LLADA, PLAIN + "threshold { steps: 16 }"))
        .singleElement()
        .extracting(Violation::description)
        .asString()
        .endsWith("missing: a Dream model");
  }

  @Test
  void thresholdSteps_atTheirBounds_areAccepted() throws Exception {
    assertThat(steps("1")).isEmpty();
    assertThat(steps("128")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0   | must be in [1, 128], was 0",
        "129 | must be in [1, 128], was 129",
        "3   | must divide generation_length 128, was 3"
      })
  void thresholdSteps_beyondTheirBounds_areRefused(String steps, String reason) throws Exception {
    assertThat(steps(steps)).containsExactly(new Violation("spec.threshold.steps", reason));
  }

  private static List<Violation> steps(String steps) throws Exception {
    return ofText(DREAM, PLAIN + "threshold { steps: " + steps + " }");
  }
}
