package dev.unmask.worker.replay.cases;

import dev.unmask.worker.caching.DllmCache;
import dev.unmask.worker.method.Compatibility;
import dev.unmask.worker.method.Method;

/** Reads the arguments of dLLM-Cache's decoders: LLaDA's own, and Fast-dLLM's for Dream. */
final class DllmCacheCases {
  private DllmCacheCases() {}

  static Method method(String function, Params params) throws UnsupportedCaseException {
    var intervals = params.nested("cache");
    var cache =
        new DllmCache(
            intervals.integer("prompt_interval_steps"),
            intervals.integer("gen_interval_steps"),
            intervals.number("transfer_ratio", 0.25));
    intervals.finish();
    return function.contains("LLaDA")
        ? LladaCases.generate(params, cache, Compatibility.UNMASK)
        : FastDllmCases.plainDream(params, cache);
  }
}
