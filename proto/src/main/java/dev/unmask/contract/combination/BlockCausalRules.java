package dev.unmask.contract.combination;

import dev.unmask.type.v1.Compatibility;
import dev.unmask.type.v1.DecodingSpec.CacheCase;
import dev.unmask.type.v1.DecodingSpec.UnmaskCase;

/**
 * Rules of block-causal models, whose finished blocks leave a state that is exact, and of methods
 * that are theirs alone.
 */
final class BlockCausalRules {
  private final Combination combination;
  private final Refusals refusals;

  BlockCausalRules(Combination combination, Refusals refusals) {
    this.combination = combination;
    this.refusals = refusals;
  }

  void check() {
    if (combination.blockCausal()) {
      own();
    } else if (combination.family().isPresent()) {
      others();
    }
  }

  private void own() {
    var cache = combination.cache();
    refusals.addIf(
        cache != CacheCase.BLOCK_CACHE && cache != CacheCase.NO_CACHE,
        combination.cacheField(),
        "does not fit a block-causal model: what a finished block leaves is exact, so there is"
            + " nothing to approximate; set block_cache or no_cache");
    refusals.addIf(
        combination.spec().hasGuidance(),
        "guidance",
        "does not fit a block-causal model: it is defined with a masked prompt that all rows see");
    refusals.addIf(
        combination.unmask() == UnmaskCase.WINO,
        "wino",
        "does not fit a block-causal model: its shadow sees the whole canvas");
    var followed = combination.compatibility();
    refusals.addIf(
        followed == Compatibility.COMPATIBILITY_FAST_DLLM
            || followed == Compatibility.COMPATIBILITY_D2CACHE
            || followed == Compatibility.COMPATIBILITY_SPARSE_DLLM,
        "compatibility",
        "does not fit a block-causal model: its original decodes models with full attention");
  }

  private void others() {
    refusals.addIf(
        combination.cache() == CacheCase.BLOCK_CACHE,
        "block_cache",
        "does not fit a model with full attention: none of its states is ever final");
    refusals.addIf(
        combination.compatibility() == Compatibility.COMPATIBILITY_FAST_DLLM_V2
            || combination.compatibility() == Compatibility.COMPATIBILITY_SDAR,
        "compatibility",
        "does not fit a model with full attention: its original decodes block-causal ones");
  }
}
