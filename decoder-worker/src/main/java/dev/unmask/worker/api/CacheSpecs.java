package dev.unmask.worker.api;

import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.worker.caching.BlockCache;
import dev.unmask.worker.caching.CachePolicy;
import dev.unmask.worker.caching.D2Cache;
import dev.unmask.worker.caching.DllmCache;
import dev.unmask.worker.caching.DualCache;
import dev.unmask.worker.caching.NoCache;
import dev.unmask.worker.caching.PrefixCache;
import dev.unmask.worker.caching.SparseDllm;

/** The cache policy of a spec, with the contract's defaults. */
final class CacheSpecs {
  private static final int PROMPT_INTERVAL = 1;
  private static final int KP = 50;
  private static final int KR = 4;
  private static final double ROU = 0.25;
  private static final double ROLLOUT_P = 0.1;
  private static final int CURRENT_K = 32;
  private static final double SIGMA = 10;
  private static final double KEEP_RATIO = 0.5;
  private static final int KERNEL_SIZE = 3;
  private static final int DELAY = 1;

  private CacheSpecs() {}

  /**
   * What a spec asks for.
   *
   * @param blockCausal whether the model's attention is, which decides what is usual
   */
  static CachePolicy policy(DecodingSpec spec, boolean blockCausal) {
    return switch (spec.getCacheCase()) {
      case NO_CACHE -> new NoCache();
      case PREFIX_CACHE -> prefix(spec.getPrefixCache());
      case DUAL_CACHE -> dual(spec.getDualCache());
      case BLOCK_CACHE -> block(spec.getBlockCache());
      case CACHE_NOT_SET -> blockCausal ? new BlockCache(false) : new DualCache(PROMPT_INTERVAL);
      case DLLM_CACHE -> dllm(spec.getDllmCache());
      case D2_CACHE -> d2(spec.getD2Cache());
      case SPARSE_DLLM -> sparse(spec.getSparseDllm());
    };
  }

  private static PrefixCache prefix(dev.unmask.type.v1.PrefixCache cache) {
    return new PrefixCache(
        cache.hasPromptIntervalSteps() ? cache.getPromptIntervalSteps() : PROMPT_INTERVAL);
  }

  private static DualCache dual(dev.unmask.type.v1.DualCache cache) {
    return new DualCache(
        cache.hasPromptIntervalSteps() ? cache.getPromptIntervalSteps() : PROMPT_INTERVAL);
  }

  private static BlockCache block(dev.unmask.type.v1.BlockCache cache) {
    return new BlockCache(cache.getWithinBlock());
  }

  private static DllmCache dllm(dev.unmask.type.v1.DllmCache cache) {
    return new DllmCache(
        cache.hasKp() ? cache.getKp() : KP,
        cache.hasKr() ? cache.getKr() : KR,
        cache.hasRou() ? cache.getRou() : ROU);
  }

  private static D2Cache d2(dev.unmask.type.v1.D2Cache cache) {
    return new D2Cache(
        cache.hasRolloutP() ? cache.getRolloutP() : ROLLOUT_P,
        cache.hasCurrentK() ? cache.getCurrentK() : CURRENT_K,
        cache.hasSigma() ? cache.getSigma() : SIGMA,
        cache.getInflateW(),
        mode(cache));
  }

  private static D2Cache.Mode mode(dev.unmask.type.v1.D2Cache cache) {
    return switch (cache.getMode()) {
      case D2_CACHE_MODE_UNSPECIFIED, D2_CACHE_MODE_COMPATIBLE, UNRECOGNIZED ->
          D2Cache.Mode.COMPATIBLE;
      case D2_CACHE_MODE_PAPER -> D2Cache.Mode.PAPER;
    };
  }

  private static SparseDllm sparse(dev.unmask.type.v1.SparseDllm cache) {
    return new SparseDllm(
        cache.hasKeepRatio() ? cache.getKeepRatio() : KEEP_RATIO,
        cache.hasKernelSize() ? cache.getKernelSize() : KERNEL_SIZE,
        cache.hasDelay() ? cache.getDelay() : DELAY,
        cache.hasPromptIntervalSteps() ? cache.getPromptIntervalSteps() : PROMPT_INTERVAL);
  }
}
