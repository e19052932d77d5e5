package dev.unmask.bench.quality;

import dev.unmask.worker.caching.CachePolicy;
import dev.unmask.worker.caching.DualCache;
import dev.unmask.worker.caching.NoCache;
import dev.unmask.worker.method.Compatibility;
import dev.unmask.worker.method.EndOfSequenceRule;
import dev.unmask.worker.method.Method;
import dev.unmask.worker.method.Scoring;
import dev.unmask.worker.unmask.EntropyBound;
import dev.unmask.worker.unmask.Factor;
import dev.unmask.worker.unmask.FixedSchedule;
import dev.unmask.worker.unmask.Klass;
import dev.unmask.worker.unmask.LeftToRight;
import dev.unmask.worker.unmask.Origin;
import dev.unmask.worker.unmask.PcSampler;
import dev.unmask.worker.unmask.Threshold;
import dev.unmask.worker.unmask.UnmaskPolicy;
import dev.unmask.worker.unmask.Wino;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A method to measure. Every answer of the shipped tasks fits into its 128 tokens.
 *
 * @param name in the table
 * @param method to decode with
 */
record Variant(String name, Method method) {
  private static final int GENERATION_LENGTH = 128;
  private static final int BLOCK_LENGTH = 32;

  /** Where the originals differ: the dual cache with both parallel policies, and no cache. */
  static Stream<Variant> all() {
    return Stream.concat(
        Stream.of(of(new Threshold(0.9), new NoCache(), Compatibility.UNMASK)),
        Stream.of(Compatibility.UNMASK, Compatibility.FAST_DLLM, Compatibility.D2CACHE)
            .flatMap(compatibility ->
                Stream.of(new Threshold(0.9), new Threshold(0.6), new Factor(1))
                    .map(unmask -> of(unmask, new DualCache(), compatibility))));
  }

  private static Variant of(UnmaskPolicy unmask, CachePolicy cache, Compatibility compatibility) {
    var method =
        new Method(
            GENERATION_LENGTH,
            BLOCK_LENGTH,
            unmask,
            cache,
            Scoring.GREEDY,
            Optional.empty(),
            EndOfSequenceRule.STOP,
            compatibility);
    return new Variant(
        "%s | %s | %s".formatted(cache.getClass().getSimpleName(), policy(unmask), compatibility),
        method);
  }

  private static String policy(UnmaskPolicy unmask) {
    return switch (unmask) {
      case Threshold threshold -> "threshold " + threshold.threshold();
      case Factor factor -> "factor " + factor.factor();
      case FixedSchedule _, EntropyBound _, Klass _, Wino _, PcSampler _, LeftToRight _, Origin _ ->
          unmask.toString();
    };
  }
}
