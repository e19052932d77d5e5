package dev.unmask.bench.quality;

import dev.unmask.worker.caching.CachePolicy;
import dev.unmask.worker.caching.DualCache;
import dev.unmask.worker.caching.NoCache;
import dev.unmask.worker.decoding.Compatibility;
import dev.unmask.worker.decoding.EndOfSequenceRule;
import dev.unmask.worker.decoding.Method;
import dev.unmask.worker.sampling.Sampling;
import dev.unmask.worker.scoring.Confidence;
import dev.unmask.worker.unmask.Factor;
import dev.unmask.worker.unmask.FixedSchedule;
import dev.unmask.worker.unmask.Threshold;
import dev.unmask.worker.unmask.UnmaskPolicy;
import java.util.OptionalDouble;
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
        Stream.of(Compatibility.values())
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
            Confidence.MAX_PROBABILITY,
            OptionalDouble.empty(),
            Sampling.GREEDY,
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
      case FixedSchedule schedule -> schedule.toString();
    };
  }
}
