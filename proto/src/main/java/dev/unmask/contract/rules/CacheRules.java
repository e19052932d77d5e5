package dev.unmask.contract.rules;

import dev.unmask.contract.Limits;
import dev.unmask.type.v1.D2Cache;
import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.DllmCache;
import dev.unmask.type.v1.SparseDllm;

/** Rules of the cache policies' own parameters. */
final class CacheRules {
  private static final Interval SHARE = Interval.closed(0, 1);

  private final Violations violations;

  CacheRules(Violations violations) {
    this.violations = violations;
  }

  void check(DecodingSpec spec) {
    switch (spec.getCacheCase()) {
      case DLLM_CACHE -> dllm(spec.getDllmCache());
      case D2_CACHE -> d2(spec.getD2Cache());
      case SPARSE_DLLM -> sparse(spec.getSparseDllm());
      case PREFIX_CACHE -> {
        var cache = spec.getPrefixCache();
        frozen(cache.hasPromptIntervalSteps(), "prefix_cache", cache.getPromptIntervalSteps());
      }
      case DUAL_CACHE -> {
        var cache = spec.getDualCache();
        frozen(cache.hasPromptIntervalSteps(), "dual_cache", cache.getPromptIntervalSteps());
      }
      case NO_CACHE, BLOCK_CACHE, CACHE_NOT_SET -> {}
    }
  }

  private void frozen(boolean given, String cache, int steps) {
    var field = "spec." + cache + ".prompt_interval_steps";
    violations.optional(given, field, steps, 1, Limits.INTERVAL_STEPS);
  }

  private void dllm(DllmCache cache) {
    var field = "spec.dllm_cache.";
    violations.optional(cache.hasKp(), field + "kp", cache.getKp(), 1, Limits.INTERVAL_STEPS);
    violations.optional(cache.hasKr(), field + "kr", cache.getKr(), 1, Limits.INTERVAL_STEPS);
    violations.optional(cache.hasRou(), field + "rou", cache.getRou(), SHARE);
  }

  private void d2(D2Cache cache) {
    var field = "spec.d2_cache.";
    violations.optional(cache.hasRolloutP(), field + "rollout_p", cache.getRolloutP(), SHARE);
    int most = Limits.GENERATION_LENGTH;
    violations.optional(cache.hasCurrentK(), field + "current_k", cache.getCurrentK(), 1, most);
    var width = Interval.leftOpen(0, Limits.CERTAINTY_PRIOR_SIGMA);
    violations.optional(cache.hasSigma(), field + "sigma", cache.getSigma(), width);
    violations.optional(cache.hasInflateW(), field + "inflate_w", cache.getInflateW(), 0, most);
    violations.known(field + "mode", cache.getModeValue(), cache.getMode());
  }

  private void sparse(SparseDllm cache) {
    var field = "spec.sparse_dllm.";
    var share = Interval.leftOpen(0, 1);
    violations.optional(cache.hasKeepRatio(), field + "keep_ratio", cache.getKeepRatio(), share);
    int width = cache.getKernelSize();
    violations.optional(cache.hasKernelSize(), field + "kernel_size", width, 1, Limits.KERNEL_SIZE);
    violations.addIf(
        width > 0 && width <= Limits.KERNEL_SIZE && width % 2 == 0,
        field + "kernel_size",
        "must be odd, was " + width);
    violations.optional(
        cache.hasDelay(), field + "delay", cache.getDelay(), 0, Limits.KEEP_DELAY_STEPS);
    frozen(cache.hasPromptIntervalSteps(), "sparse_dllm", cache.getPromptIntervalSteps());
  }
}
