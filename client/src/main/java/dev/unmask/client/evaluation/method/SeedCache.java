package dev.unmask.client.evaluation.method;

import dev.unmask.client.evaluation.settings.Settings;
import dev.unmask.type.v1.BlockCache;
import dev.unmask.type.v1.D2Cache;
import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.DllmCache;
import dev.unmask.type.v1.DualCache;
import dev.unmask.type.v1.NoCache;
import dev.unmask.type.v1.PrefixCache;
import dev.unmask.type.v1.SparseDllm;
import java.util.Optional;

/**
 * The cache policy that d2Cache's {@code cache} settings stand for, and Sparse-dLLM's, named alike.
 */
final class SeedCache {
  private final Settings settings;

  SeedCache(Settings settings) {
    this.settings = settings;
  }

  void apply(DecodingSpec.Builder spec) {
    var cache = settings.text("cache").orElse(Settings.NULL);
    switch (cache) {
      case Settings.NULL -> spec.setNoCache(NoCache.getDefaultInstance());
      case "prefix" -> prefix(spec);
      case "dllm" -> spec.setDllmCache(dllm());
      case "d2cache" -> spec.setD2Cache(d2Cache());
      case "sparse" -> spec.setSparseDllm(sparse());
      case "block" ->
          spec.setBlockCache(
              BlockCache.newBuilder().setWithinBlock(settings.isTrue("cache.within_block")));
      default -> throw new IllegalArgumentException("no cache is called " + cache);
    }
  }

  private void prefix(DecodingSpec.Builder spec) {
    var interval = promptInterval();
    if (settings.isTrue("cache.use_dual")) {
      var policy = DualCache.newBuilder();
      interval.ifPresent(policy::setPromptIntervalSteps);
      spec.setDualCache(policy);
    } else {
      var policy = PrefixCache.newBuilder();
      interval.ifPresent(policy::setPromptIntervalSteps);
      spec.setPrefixCache(policy);
    }
  }

  private Optional<Integer> promptInterval() {
    return settings.integer("cache.prompt_interval_steps").map(SeedCache::interval);
  }

  private DllmCache dllm() {
    var policy = DllmCache.newBuilder();
    settings.integer("cache.kp").map(SeedCache::interval).ifPresent(policy::setKp);
    settings.integer("cache.kr").map(SeedCache::interval).ifPresent(policy::setKr);
    settings.number("cache.rou").ifPresent(policy::setRou);
    return policy.build();
  }

  /** -1 divides every step's number, as 1 does: both refresh always. */
  static int interval(int steps) {
    return Math.abs(steps);
  }

  private D2Cache d2Cache() {
    var policy = D2Cache.newBuilder();
    settings.number("cache.rollout_p").ifPresent(policy::setRolloutP);
    settings.integer("cache.current_k").ifPresent(policy::setCurrentK);
    settings.number("cache.sigma").ifPresent(policy::setSigma);
    settings.integer("cache.inflate_w").ifPresent(policy::setInflateW);
    return policy.build();
  }

  private SparseDllm sparse() {
    var policy = SparseDllm.newBuilder();
    settings.number("cache.keep_ratio").ifPresent(policy::setKeepRatio);
    settings.integer("cache.kernel_size").ifPresent(policy::setKernelSize);
    settings.integer("cache.delay").ifPresent(policy::setDelay);
    promptInterval().ifPresent(policy::setPromptIntervalSteps);
    return policy.build();
  }
}
