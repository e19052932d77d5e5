package dev.unmask.bench.preference;

import dev.unmask.type.v1.BlockCache;
import dev.unmask.type.v1.D2Cache;
import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.DllmCache;
import dev.unmask.type.v1.DualCache;
import dev.unmask.type.v1.Factor;
import dev.unmask.type.v1.FixedSchedule;
import dev.unmask.type.v1.PrefixCache;
import dev.unmask.type.v1.Threshold;
import java.util.List;
import java.util.stream.Stream;

/**
 * A method that a preference may get.
 *
 * @param name in the table
 * @param spec nothing but the method: no lengths, no sampling
 */
record Candidate(String name, DecodingSpec spec) {
  /** Steps no request of the contract takes: the prompt is computed once. */
  private static final int FROZEN = 4096;

  /** Those that fit a model with full attention, the most careful first. */
  static List<Candidate> ofFullAttention() {
    var dual = DecodingSpec.newBuilder().setDualCache(DualCache.getDefaultInstance()).build();
    var frozen =
        DecodingSpec.newBuilder()
            .setDualCache(DualCache.newBuilder().setPromptIntervalSteps(FROZEN))
            .build();
    return List.of(
        tokens(1, "dual", dual),
        threshold(0.9, "prefix", cache().setPrefixCache(PrefixCache.getDefaultInstance()).build()),
        threshold(0.95, "dual", dual),
        threshold(0.9, "dual", dual),
        threshold(0.8, "dual", dual),
        threshold(0.7, "dual", dual),
        threshold(0.5, "dual", dual),
        factor(1, "dual", dual),
        threshold(0.9, "dual, prompt frozen", frozen),
        threshold(0.7, "dual, prompt frozen", frozen),
        threshold(0.5, "dual, prompt frozen", frozen),
        threshold(0.9, "dllm", cache().setDllmCache(DllmCache.getDefaultInstance()).build()),
        threshold(0.9, "d2", cache().setD2Cache(D2Cache.getDefaultInstance()).build()));
  }

  /** Those that fit a block-causal one. */
  static List<Candidate> ofBlockCausal() {
    var block = cache().setBlockCache(BlockCache.getDefaultInstance()).build();
    return Stream.concat(
            Stream.of(tokens(1, "block", block)),
            Stream.concat(
                Stream.of(0.95, 0.9, 0.8, 0.7, 0.5).map(bound -> threshold(bound, "block", block)),
                Stream.of(factor(1, "block", block), factor(2, "block", block))))
        .toList();
  }

  private static DecodingSpec.Builder cache() {
    return DecodingSpec.newBuilder();
  }

  private static Candidate tokens(int step, String cache, DecodingSpec with) {
    return new Candidate(
        "%d token a step, %s".formatted(step, cache),
        with.toBuilder()
            .setFixedSchedule(FixedSchedule.newBuilder().setTokensPerStep(step))
            .build());
  }

  private static Candidate threshold(double bound, String cache, DecodingSpec with) {
    return new Candidate(
        "threshold %s, %s".formatted(bound, cache),
        with.toBuilder().setThreshold(Threshold.newBuilder().setThreshold(bound)).build());
  }

  private static Candidate factor(double factor, String cache, DecodingSpec with) {
    return new Candidate(
        "factor %s, %s".formatted(factor, cache),
        with.toBuilder().setFactor(Factor.newBuilder().setFactor(factor)).build());
  }
}
