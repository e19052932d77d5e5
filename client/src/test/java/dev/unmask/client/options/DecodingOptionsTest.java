package dev.unmask.client.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.TextFormat;
import dev.unmask.type.v1.DecodingSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.MutuallyExclusiveArgsException;

class DecodingOptionsTest {
  @Test
  void spec_nothingGiven_leavesEveryDefaultToTheGateway() {
    assertThat(parsed("")).isEqualTo(DecodingSpec.getDefaultInstance());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--length 64 --block 16          | generation_length: 64 block_length: 16",
        "--threshold 0.8                 | threshold { threshold: 0.8 }",
        "--threshold 0.8 --min-tokens 2  | threshold { threshold: 0.8 min_tokens_per_step: 2 }",
        "--min-tokens 2                  | threshold { min_tokens_per_step: 2 }",
        "--factor 1.5                    | factor { factor: 1.5 }",
        "--factor 1 --min-tokens 3       | factor { factor: 1 min_tokens_per_step: 3 }",
        "--steps 32                      | fixed_schedule { steps: 32 }",
        "--tokens-per-step 4             | fixed_schedule { tokens_per_step: 4 }",
        "--time-steps 8                  | fixed_schedule { time { steps: 8 } }",
        "--time-steps 8 --epsilon 0.01   | fixed_schedule { time { steps: 8 epsilon: 0.01 } }",
        "--cache none                    | no_cache {}",
        "--cache prefix                  | prefix_cache {}",
        "--cache dual                    | dual_cache {}",
        "--confidence probability        | confidence: CONFIDENCE_MAX_PROBABILITY",
        "--confidence margin             | confidence: CONFIDENCE_MARGIN",
        "--confidence entropy            | confidence: CONFIDENCE_NEGATIVE_ENTROPY",
        "--sigma 10                      | certainty_prior_sigma: 10",
        "--temperature 0.7 --seed 7      | sampling { temperature: 0.7 seed: 7 }",
        "--temperature 0                 | sampling { temperature: 0 }",
        "--top-p 0.9 --top-k 40          | sampling { top_p: 0.9 top_k: 40 }",
        "--stop a --stop b               | stop: 'a' stop: 'b'",
        "--decode-all                    | end_of_sequence_rule: END_OF_SEQUENCE_RULE_DECODE_ALL",
        "--compatibility unmask          | compatibility: COMPATIBILITY_UNMASK",
        "--compatibility fast-dllm       | compatibility: COMPATIBILITY_FAST_DLLM",
        "--compatibility d2cache         | compatibility: COMPATIBILITY_D2CACHE"
      },
      quoteCharacter = '"')
  void spec_options_setTheirFields(String options, String spec) throws Exception {
    assertThat(parsed(options)).isEqualTo(TextFormat.parse(spec, DecodingSpec.class));
  }

  @Test
  void parse_twoPolicies_isRefused() {
    assertThatExceptionOfType(MutuallyExclusiveArgsException.class)
        .isThrownBy(() -> parsed("--threshold 0.9 --steps 8"));
  }

  private static DecodingSpec parsed(String options) {
    var asking = new Asking();
    new CommandLine(asking)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .parseArgs(options.isEmpty() ? new String[0] : options.split(" "));
    return asking.decoding.spec();
  }

  @Command
  private static final class Asking {
    @Mixin private DecodingOptions decoding = new DecodingOptions();
  }
}
