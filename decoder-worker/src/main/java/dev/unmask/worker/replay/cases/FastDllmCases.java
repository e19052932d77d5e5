package dev.unmask.worker.replay.cases;

import dev.unmask.worker.caching.CachePolicy;
import dev.unmask.worker.caching.DualCache;
import dev.unmask.worker.caching.NoCache;
import dev.unmask.worker.caching.PrefixCache;
import dev.unmask.worker.method.Compatibility;
import dev.unmask.worker.method.EndOfSequenceRule;
import dev.unmask.worker.method.Method;
import dev.unmask.worker.scoring.Confidence;
import dev.unmask.worker.unmask.FixedSchedule;
import dev.unmask.worker.unmask.Pace;
import dev.unmask.worker.unmask.Threshold;
import dev.unmask.worker.unmask.UnmaskPolicy;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads the arguments of Fast-dLLM's functions. */
final class FastDllmCases {
  private FastDllmCases() {}

  /** The three generate functions for LLaDA, which differ in their cache. */
  static Method llada(String function, Params params) throws UnsupportedCaseException {
    params.only("remasking", "low_confidence");
    int steps = params.integer("steps");
    var threshold = params.optionalNumber("threshold");
    return new Method(
        params.integer("gen_length"),
        params.integer("block_length"),
        threshold.isPresent()
            ? new Threshold(threshold.getAsDouble())
            : new FixedSchedule(new Pace.Steps(steps)),
        lladaCache(function),
        CaseReading.scoring(Confidence.MAX_PROBABILITY, params),
        Optional.empty(),
        EndOfSequenceRule.DECODE_ALL,
        Compatibility.FAST_DLLM);
  }

  private static CachePolicy lladaCache(String function) throws UnsupportedCaseException {
    return switch (function.substring(function.indexOf(':') + 1)) {
      case "generate" -> new NoCache();
      case "generate_with_prefix_cache" -> new PrefixCache();
      case "generate_with_dual_cache" -> new DualCache();
      default -> throw new UnsupportedCaseException(function + " is not built");
    };
  }

  /** Dream's two decoders: of the whole canvas without a cache, and block by block with one. */
  static Method dream(String function, Params params) throws UnsupportedCaseException {
    if (!function.contains("generation_utils_block")) {
      return plainDream(params, new NoCache());
    }
    return dream(
        params,
        params.integer("block_length", 32),
        unmask(params, OptionalInt.empty()),
        dreamCache(params));
  }

  /** Dream's decoder of the whole canvas, on a cache that knows no blocks. */
  static Method plainDream(Params params, CachePolicy cache) throws UnsupportedCaseException {
    return dream(
        params,
        params.integer("max_new_tokens"),
        unmask(params, OptionalInt.of(params.integer("steps"))),
        cache);
  }

  private static Method dream(Params params, int block, UnmaskPolicy unmask, CachePolicy cache)
      throws UnsupportedCaseException {
    var confidence = CaseReading.confidence(params.text("alg", "origin"));
    return new Method(
        params.integer("max_new_tokens"),
        block,
        unmask,
        cache,
        CaseReading.scoring(confidence, params),
        Optional.empty(),
        EndOfSequenceRule.DECODE_ALL,
        Compatibility.FAST_DLLM);
  }

  private static UnmaskPolicy unmask(Params params, OptionalInt quotaSteps)
      throws UnsupportedCaseException {
    int steps = params.integer("steps");
    double epsilon = params.number("eps", 1e-3);
    // A threshold of 0 lets every probability pass, and so does the smallest float.
    double threshold = Math.max(params.number("threshold", 0.9), Float.MIN_VALUE);
    return params.text("alg", "origin").equals("confidence_threshold")
        ? new Threshold(threshold, 1, quotaSteps)
        : new FixedSchedule(new Pace.TimeSchedule(steps, epsilon));
  }

  private static CachePolicy dreamCache(Params params) {
    return params.flag("dual_cache") ? new DualCache() : new PrefixCache();
  }
}
