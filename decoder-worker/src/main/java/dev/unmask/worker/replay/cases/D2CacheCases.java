package dev.unmask.worker.replay.cases;

import dev.unmask.worker.caching.CachePolicy;
import dev.unmask.worker.caching.D2Cache;
import dev.unmask.worker.caching.DllmCache;
import dev.unmask.worker.caching.DualCache;
import dev.unmask.worker.caching.NoCache;
import dev.unmask.worker.caching.PrefixCache;
import dev.unmask.worker.method.Compatibility;
import dev.unmask.worker.method.EndOfSequenceRule;
import dev.unmask.worker.method.Method;
import java.util.Optional;
import java.util.OptionalDouble;

/** Reads the arguments of the d2Cache repository's decoders. */
final class D2CacheCases {
  private D2CacheCases() {}

  /**
   * The method of a case.
   *
   * @param cloned whether WINO was run on a fresh block mask each step, which is not what the
   *     published code does
   */
  static Method method(Params params, boolean cloned) throws UnsupportedCaseException {
    // Neither changes what is decoded: padding is not fed, and both kernels compute the same.
    params.ignore("pad_token_id");
    params.ignore("attn_implementation");
    int length = params.integer("gen_length");
    var confidence = CaseReading.confidence(params.text("alg", "maskgit_plus"));
    return new Method(
        length,
        params.integer("block_length", length),
        D2CachePolicies.of(params),
        cache(params),
        CaseReading.scoring(confidence, params).with(sigma(params)),
        Optional.empty(),
        params.flag("stop_until_eos") ? EndOfSequenceRule.STOP : EndOfSequenceRule.DECODE_ALL,
        cloned ? Compatibility.UNMASK : Compatibility.D2CACHE);
  }

  /** A prior of width 0 is none. */
  private static OptionalDouble sigma(Params params) {
    double sigma = params.number("sigma", 0);
    return sigma == 0 ? OptionalDouble.empty() : OptionalDouble.of(sigma);
  }

  private static CachePolicy cache(Params all) throws UnsupportedCaseException {
    var params = all.nested("cache");
    String type = params.text("type", "none");
    var cache =
        switch (type) {
          case "none" -> new NoCache();
          case "prefix" -> params.flag("use_dual") ? new DualCache() : new PrefixCache();
          case "dllm" ->
              new DllmCache(
                  params.integer("kp", 50), params.integer("kr", 2), params.number("rou", 0.25));
          case "d2cache" -> d2Cache(params);
          default -> throw new UnsupportedCaseException("there is no cache " + type);
        };
    params.finish();
    return cache;
  }

  private static D2Cache d2Cache(Params params) {
    return new D2Cache(
        params.number("rollout_p", 0.1),
        params.integer("current_k", 32),
        params.number("sigma", 10),
        params.integer("inflate_w", 4),
        D2Cache.Mode.COMPATIBLE);
  }
}
