package dev.unmask.contract.combination;

import dev.unmask.type.v1.DecodingSpec.CacheCase;

/** Rules of classifier-free guidance. Source: LLaDA generate.py; dLLM-Cache for the interval. */
final class GuidanceRules {
  private final Combination combination;
  private final Refusals refusals;

  GuidanceRules(Combination combination, Refusals refusals) {
    this.combination = combination;
    this.refusals = refusals;
  }

  void check() {
    if (!combination.spec().hasGuidance() || combination.blockCausal()) {
      return;
    }
    var cache = combination.cache();
    refusals.addIf(
        cache != CacheCase.NO_CACHE && cache != CacheCase.DLLM_CACHE,
        "guidance",
        "does not fit "
            + combination.cacheName()
            + ": guidance is defined without a cache and with dLLM-Cache; set no_cache or"
            + " dllm_cache");
    refusals.addIf(
        cache != CacheCase.DLLM_CACHE
            && Integer.compareUnsigned(combination.spec().getGuidance().getInterval(), 1) > 0,
        "guidance.interval",
        "must be 1 with "
            + combination.cacheName()
            + ": only dLLM-Cache uses a step's difference again; set dllm_cache");
  }
}
