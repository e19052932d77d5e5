package dev.unmask.worker.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.worker.caching.BlockCache;
import dev.unmask.worker.caching.CachePolicy;
import dev.unmask.worker.caching.D2Cache;
import dev.unmask.worker.caching.DllmCache;
import dev.unmask.worker.caching.DualCache;
import dev.unmask.worker.caching.NoCache;
import dev.unmask.worker.caching.PrefixCache;
import dev.unmask.worker.caching.SparseDllm;
import org.junit.jupiter.api.Test;

class CacheSpecsTest {
  @Test
  void policy_nothingButItsName_hasTheDefaultsOfTheContract() {
    assertThat(policy("")).isEqualTo(new DualCache());
    assertThat(policy("dual_cache {}")).isEqualTo(new DualCache());
    assertThat(policy("prefix_cache {}")).isEqualTo(new PrefixCache());
    assertThat(policy("no_cache {}")).isEqualTo(new NoCache());
    assertThat(policy("dllm_cache {}")).isEqualTo(new DllmCache(50, 4, .25));
    assertThat(policy("d2_cache {}"))
        .isEqualTo(new D2Cache(.1, 32, 10, 0, D2Cache.Mode.COMPATIBLE));
    assertThat(policy("sparse_dllm {}")).isEqualTo(new SparseDllm(.5, 3, 1));
    assertThat(policy("block_cache {}")).isEqualTo(new BlockCache(false));
  }

  @Test
  void policy_ofABlockCausalModel_isItsOwnUnlessSaidOtherwise() {
    assertThat(CacheSpecs.policy(SpecTexts.spec(""), true)).isEqualTo(new BlockCache(false));
    assertThat(CacheSpecs.policy(SpecTexts.spec("no_cache {}"), true)).isEqualTo(new NoCache());
    assertThat(CacheSpecs.policy(SpecTexts.spec("block_cache { within_block: true }"), true))
        .isEqualTo(new BlockCache(true));
  }

  @Test
  void policy_promptIntervalOfOne_isAsPublished() {
    assertThat(policy("dual_cache { prompt_interval_steps: 1 }")).isEqualTo(new DualCache());
    assertThat(policy("prefix_cache { prompt_interval_steps: 1 }")).isEqualTo(new PrefixCache());
    assertThat(policy("sparse_dllm { prompt_interval_steps: 1 }"))
        .isEqualTo(new SparseDllm(.5, 3, 1));
  }

  @Test
  void policy_everyFieldSet_isTakenOver() {
    assertThat(policy("dual_cache { prompt_interval_steps: 7 }")).isEqualTo(new DualCache(7));
    assertThat(policy("prefix_cache { prompt_interval_steps: 9 }")).isEqualTo(new PrefixCache(9));
    assertThat(policy("dllm_cache { kp: 8 kr: 3 rou: .5 }")).isEqualTo(new DllmCache(8, 3, .5));
    assertThat(
            policy(
                "d2_cache { rollout_p: .2 current_k: 4 sigma: 2 inflate_w: 3"
                    + " mode: D2_CACHE_MODE_PAPER }"))
        .isEqualTo(new D2Cache(.2, 4, 2, 3, D2Cache.Mode.PAPER));
    assertThat(policy("d2_cache { mode: D2_CACHE_MODE_COMPATIBLE }"))
        .isEqualTo(new D2Cache(.1, 32, 10, 0, D2Cache.Mode.COMPATIBLE));
    assertThat(policy("sparse_dllm { keep_ratio: .7 kernel_size: 5 delay: 2 }"))
        .isEqualTo(new SparseDllm(.7, 5, 2));
    assertThat(policy("sparse_dllm { prompt_interval_steps: 8 }"))
        .isEqualTo(new SparseDllm(.5, 3, 1, 8));
  }

  @Test
  void policy_fieldsThatAreZero_areNotTheDefaults() {
    assertThat(policy("dllm_cache { rou: 0 }")).isEqualTo(new DllmCache(50, 4, 0));
    assertThat(policy("d2_cache { rollout_p: 0 }"))
        .isEqualTo(new D2Cache(0, 32, 10, 0, D2Cache.Mode.COMPATIBLE));
    assertThat(policy("sparse_dllm { delay: 0 }")).isEqualTo(new SparseDllm(.5, 3, 0));
  }

  private static CachePolicy policy(String text) {
    return CacheSpecs.policy(SpecTexts.spec(text), false);
  }
}
