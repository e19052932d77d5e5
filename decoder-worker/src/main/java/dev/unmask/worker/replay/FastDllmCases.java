package dev.unmask.worker.replay;

import dev.unmask.worker.caching.CachePolicy;
import dev.unmask.worker.caching.DualCache;
import dev.unmask.worker.caching.NoCache;
import dev.unmask.worker.caching.PrefixCache;
import dev.unmask.worker.decoding.Compatibility;
import dev.unmask.worker.decoding.EndOfSequenceRule;
import dev.unmask.worker.decoding.Method;
import dev.unmask.worker.unmask.Confidence;
import dev.unmask.worker.unmask.FixedSchedule;
import dev.unmask.worker.unmask.Pace;
import dev.unmask.worker.unmask.Threshold;
import dev.unmask.worker.unmask.UnmaskPolicy;
import java.util.OptionalDouble;
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
        Confidence.MAX_PROBABILITY,
        OptionalDouble.empty(),
        CaseReading.sampling(params),
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
    boolean blockwise = function.contains("generation_utils_block");
    int length = params.integer("max_new_tokens");
    String alg = params.text("alg", "origin");
    return new Method(
        length,
        blockwise ? params.integer("block_length", 32) : length,
        dreamUnmask(alg, blockwise, params),
        blockwise ? dreamCache(params) : new NoCache(),
        CaseReading.confidence(alg),
        OptionalDouble.empty(),
        CaseReading.sampling(params),
        EndOfSequenceRule.DECODE_ALL,
        Compatibility.FAST_DLLM);
  }

  private static UnmaskPolicy dreamUnmask(String alg, boolean blockwise, Params params)
      throws UnsupportedCaseException {
    int steps = params.integer("steps");
    double epsilon = params.number("eps", 1e-3);
    double threshold = params.number("threshold", 0.9);
    if (!alg.equals("confidence_threshold")) {
      return new FixedSchedule(new Pace.TimeSchedule(steps, epsilon));
    }
    return new Threshold(threshold, 1, blockwise ? OptionalInt.empty() : OptionalInt.of(steps));
  }

  private static CachePolicy dreamCache(Params params) {
    return params.flag("dual_cache") ? new DualCache() : new PrefixCache();
  }
}
