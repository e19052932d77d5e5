package dev.unmask.client.options.method;

import dev.unmask.type.v1.DecodingSpec;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Parameters of the policies that commit as many tokens as pass a bound. */
final class BoundOptions {
  @Option(
      names = "--min-tokens",
      paramLabel = "N",
      description = "commit at least N tokens a step, however few pass (default: 1)")
  private Optional<Integer> minTokens = Optional.empty();

  @Option(
      names = "--sure",
      paramLabel = "P",
      description = "--klass and --left-to-right: only tokens at least this sure")
  private Optional<Double> sure = Optional.empty();

  @Option(
      names = "--kl-history",
      paramLabel = "N",
      description = "--klass: steps a distribution must stand still (default: 2)")
  private Optional<Integer> klHistory = Optional.empty();

  void apply(DecodingSpec.Builder spec, Placement placement) {
    minTokens.ifPresent(tokens -> atLeast(tokens, spec, placement));
    placement.set(
        sure,
        spec.hasKlass() || spec.hasLeftToRight(),
        "--sure belongs to --klass and --left-to-right",
        value -> threshold(value, spec));
    placement.set(
        klHistory,
        spec.hasKlass(),
        "--kl-history belongs to --klass",
        steps -> spec.getKlassBuilder().setKlHistoryLength(steps));
  }

  private static void atLeast(int tokens, DecodingSpec.Builder spec, Placement placement) {
    switch (spec.getUnmaskCase()) {
      case THRESHOLD, UNMASK_NOT_SET -> spec.getThresholdBuilder().setMinTokensPerStep(tokens);
      case FACTOR -> spec.getFactorBuilder().setMinTokensPerStep(tokens);
      case ENTROPY_BOUND -> spec.getEntropyBoundBuilder().setMinTokensPerStep(tokens);
      case KLASS -> spec.getKlassBuilder().setMinTokensPerStep(tokens);
      case WINO -> spec.getWinoBuilder().setMinTokensPerStep(tokens);
      case LEFT_TO_RIGHT -> spec.getLeftToRightBuilder().setMinTokensPerStep(tokens);
      case FIXED_SCHEDULE, PC_SAMPLER, ORIGIN ->
          placement.require(
              false,
              "--min-tokens belongs to --threshold, --factor, --entropy-bound, --klass, --wino and"
                  + " --left-to-right");
    }
  }

  private static void threshold(double value, DecodingSpec.Builder spec) {
    if (spec.hasKlass()) {
      spec.getKlassBuilder().setThreshold(value);
    } else {
      spec.getLeftToRightBuilder().setThreshold(value);
    }
  }
}
