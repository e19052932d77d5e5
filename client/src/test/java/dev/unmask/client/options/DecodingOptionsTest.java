package dev.unmask.client.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.TextFormat;
import dev.unmask.type.v1.DecodingSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.MutuallyExclusiveArgsException;
import picocli.CommandLine.ParameterException;

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
        "--steps 32 --alg-temp 0.5       | fixed_schedule { steps: 32 alg_temp: 0.5 }",
        "--time-steps 8 --alg-temp 0.5   | fixed_schedule { time { steps: 8 } alg_temp: 0.5 }",
        "--entropy-bound 0.1             | entropy_bound { gamma: 0.1 }",
        "--entropy-bound 0 --min-tokens 2 | entropy_bound { gamma: 0 min_tokens_per_step: 2 }",
        "--klass 0.02                    | klass { kl_threshold: 0.02 }",
        "--klass 0.02 --kl-history 3     | klass { kl_threshold: 0.02 kl_history_length: 3 }",
        "--klass 0.02 --sure 0.8         | klass { kl_threshold: 0.02 threshold: 0.8 }",
        "--klass 1 --min-tokens 2        | klass { kl_threshold: 1 min_tokens_per_step: 2 }",
        "--wino                          | wino {}",
        "--wino --wide-in 0.6            | wino { wide_in_thres: 0.6 }",
        "--wino --narrow-out 0           | wino { narrow_out_thres: 0 }",
        "--wino --min-tokens 2           | wino { min_tokens_per_step: 2 }",
        "--pc-sampler                    | pc_sampler {}",
        "--pc-sampler --pc-tokens 2      | pc_sampler { tokens_per_step: 2 }",
        "--pc-sampler --clip-alpha 5     | pc_sampler { clip_alpha: 5 }",
        "--pc-sampler --no-debias        | pc_sampler { debias: false }",
        "--left-to-right                 | left_to_right {}",
        "--left-to-right --sure 0.8      | left_to_right { threshold: 0.8 }",
        "--left-to-right --min-tokens 2  | left_to_right { min_tokens_per_step: 2 }",
        "--origin-steps 64               | origin { steps: 64 }",
        "--origin-steps 64 --epsilon 0.1 | origin { steps: 64 epsilon: 0.1 }",
        "--cache none                    | no_cache {}",
        "--cache prefix                  | prefix_cache {}",
        "--cache dual                    | dual_cache {}",
        "--prompt-interval 50            | dual_cache { prompt_interval_steps: 50 }",
        "--cache dual --prompt-interval 50 | dual_cache { prompt_interval_steps: 50 }",
        "--cache prefix --prompt-interval 9 | prefix_cache { prompt_interval_steps: 9 }",
        "--cache dllm                    | dllm_cache {}",
        "--cache dllm --kp 25 --kr 5     | dllm_cache { kp: 25 kr: 5 }",
        "--cache dllm --rou 0            | dllm_cache { rou: 0 }",
        "--cache d2                      | d2_cache {}",
        "--cache d2 --rollout-p 0.2      | d2_cache { rollout_p: 0.2 }",
        "--cache d2 --current-k 16       | d2_cache { current_k: 16 }",
        "--cache d2 --cache-sigma 5      | d2_cache { sigma: 5 }",
        "--cache d2 --inflate-w 4        | d2_cache { inflate_w: 4 }",
        "--cache d2 --d2-mode compatible | d2_cache { mode: D2_CACHE_MODE_COMPATIBLE }",
        "--cache d2 --d2-mode paper      | d2_cache { mode: D2_CACHE_MODE_PAPER }",
        "--cache sparse                  | sparse_dllm {}",
        "--cache sparse --keep-ratio 0.7 | sparse_dllm { keep_ratio: 0.7 }",
        "--cache sparse --kernel-size 5  | sparse_dllm { kernel_size: 5 }",
        "--cache sparse --delay 0        | sparse_dllm { delay: 0 }",
        "--cache sparse --prompt-interval 9 | sparse_dllm { prompt_interval_steps: 9 }",
        "--guidance 0.5                  | guidance { scale: 0.5 }",
        "--guidance 1 --guidance-interval 7 | guidance { scale: 1 interval: 7 }",
        "--confidence probability        | confidence: CONFIDENCE_MAX_PROBABILITY",
        "--confidence margin             | confidence: CONFIDENCE_MARGIN",
        "--confidence entropy            | confidence: CONFIDENCE_NEGATIVE_ENTROPY",
        "--confidence random             | confidence: CONFIDENCE_RANDOM",
        "--sigma 10                      | certainty_prior_sigma: 10",
        "--temperature 0.7 --seed 7      | sampling { temperature: 0.7 seed: 7 }",
        "--temperature 0                 | sampling { temperature: 0 }",
        "--top-p 0.9 --top-k 40          | sampling { top_p: 0.9 top_k: 40 }",
        "--stop a --stop b               | stop: 'a' stop: 'b'",
        "--decode-all                    | end_of_sequence_rule: END_OF_SEQUENCE_RULE_DECODE_ALL",
        "--no-eos                        | logits_eos_inf: true",
        "--late-eos                      | confidence_eos_eot_inf: true",
        "--compatibility unmask          | compatibility: COMPATIBILITY_UNMASK",
        "--compatibility fast-dllm       | compatibility: COMPATIBILITY_FAST_DLLM",
        "--compatibility d2cache         | compatibility: COMPATIBILITY_D2CACHE",
        "--compatibility sparse-dllm     | compatibility: COMPATIBILITY_SPARSE_DLLM",
        "--compatibility fast-dllm-v2    | compatibility: COMPATIBILITY_FAST_DLLM_V2",
        "--compatibility sdar            | compatibility: COMPATIBILITY_SDAR",
        "--cache block                   | block_cache {}",
        "--cache block --within-block    | block_cache { within_block: true }"
      },
      quoteCharacter = '"')
  void spec_options_setTheirFields(String options, String spec) throws Exception {
    assertThat(parsed(options)).isEqualTo(TextFormat.parse(spec, DecodingSpec.class));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--threshold 0.9 --steps 8", "--wino --pc-sampler", "--klass 1 --left-to-right"})
  void parse_twoPolicies_isRefused(String options) {
    assertThatExceptionOfType(MutuallyExclusiveArgsException.class)
        .isThrownBy(() -> parsed(options));
  }

  @ParameterizedTest
  @CsvSource({
    "--steps 8,           --min-tokens 2,        '--threshold, --factor, --entropy-bound, --klass'",
    "--pc-sampler,        --min-tokens 2,        '--threshold, --factor, --entropy-bound, --klass'",
    "--origin-steps 8,    --min-tokens 2,        '--threshold, --factor, --entropy-bound, --klass'",
    "--threshold 0.5,     --sure 0.5,            --klass and --left-to-right",
    "--left-to-right,     --kl-history 3,        --klass",
    "--steps 8,           --epsilon 0.1,         --time-steps and --origin-steps",
    "--factor 1,          --epsilon 0.1,         --time-steps and --origin-steps",
    "--origin-steps 8,    --alg-temp 1,          '--steps, --tokens-per-step and --time-steps'",
    "--pc-sampler,        --wide-in 0.5,         --wino",
    "--pc-sampler,        --narrow-out 0.5,      --wino",
    "--wino,              --pc-tokens 2,         --pc-sampler",
    "--wino,              --clip-alpha 2,        --pc-sampler",
    "--wino,              --no-debias,           --pc-sampler",
    "--cache dllm,        --prompt-interval 5,   '--cache prefix, --cache dual and --cache sparse'",
    "--cache none,        --prompt-interval 5,   '--cache prefix, --cache dual and --cache sparse'",
    "--cache dual,        --kp 5,                --cache dllm",
    "--cache d2,          --kr 5,                --cache dllm",
    "--cache sparse,      --rou 0.5,             --cache dllm",
    "--cache dllm,        --rollout-p 0.5,       --cache d2",
    "--cache dllm,        --current-k 5,         --cache d2",
    "--cache none,        --cache-sigma 5,       --cache d2",
    "--cache prefix,      --inflate-w 5,         --cache d2",
    "--cache sparse,      --d2-mode paper,       --cache d2",
    "--cache d2,          --keep-ratio 0.5,      --cache sparse",
    "--cache d2,          --kernel-size 5,       --cache sparse",
    "--cache d2,          --delay 2,             --cache sparse",
    "--cache dual,        --within-block,        --cache block",
    "--cache dllm,        --guidance-interval 2, --guidance"
  })
  void spec_optionOfAChoiceThatWasNotMade_isRefusedNamingTheChoice(
      String choice, String option, String owner) {
    var complaint = option.substring(0, (option + ' ').indexOf(' ')) + " belongs to " + owner;
    assertThatExceptionOfType(ParameterException.class)
        .isThrownBy(() -> parsed(choice + " " + option))
        .withMessageStartingWith(complaint);
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
