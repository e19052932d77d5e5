package dev.unmask.client.options.method;

import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.DecodingSpec.CacheCase;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How long caches that are filled at block starts leave the prompt as it was stored. */
final class PromptFreezeOptions {
  @Option(
      names = "--prompt-interval",
      paramLabel = "N",
      description =
          "--cache prefix, dual and sparse: block starts recompute the prompt after N steps at the earliest"
              + " (default: 1)")
  private Optional<Integer> promptInterval = Optional.empty();

  void apply(DecodingSpec.Builder spec, Placement placement) {
    boolean dual = spec.hasDualCache() || spec.getCacheCase() == CacheCase.CACHE_NOT_SET;
    placement.set(
        promptInterval,
        spec.hasPrefixCache() || spec.hasSparseDllm() || dual,
        "--prompt-interval belongs to --cache prefix, --cache dual and --cache sparse",
        steps -> freeze(steps, spec));
  }

  private static void freeze(int steps, DecodingSpec.Builder spec) {
    if (spec.hasPrefixCache()) {
      spec.getPrefixCacheBuilder().setPromptIntervalSteps(steps);
    } else if (spec.hasSparseDllm()) {
      spec.getSparseDllmBuilder().setPromptIntervalSteps(steps);
    } else {
      spec.getDualCacheBuilder().setPromptIntervalSteps(steps);
    }
  }
}
